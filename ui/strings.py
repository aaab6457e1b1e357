"""Every word that the page says, in one place. Those with {braces} are filled in."""

TITLE = "Footnote"
TAGLINE = "Answers from your own articles, every sentence with its footnote"
LIBRARY_FACTS = "{count}, newest {newest}"
IN_QUOTES = "answers in quotes"
WRITER_REACH = {
    "unknown": "answers by {model} on {host}, checked against the articles",
    "reachable": "answers by {model} on {host}, checked against the articles",
    "refused": "{model} on {host} does not accept the key, so answers are in quotes",
    "unreachable": "{model} on {host} cannot be reached, so answers are in quotes",
    "resting": "{model} on {host} failed several times in a row, so answers are in quotes for now",
}
ONE_ARTICLE = "1 article"
MANY_ARTICLES = "{count} articles"

# The conversation
QUESTION = "Your question"
QUESTION_HINT = "Ask something about the articles"
ASK = "Ask"
STOP = "Stop"
STOPPING = "Stopping …"
NEW_CONVERSATION = "New conversation"
YOU_ASKED = "You asked"
WELCOME = "Ask a question. The answer quotes your articles, or says that they do not tell."
READING = "Reading the articles …"
STOPPED = "Stopped before the answer was complete."
FAULT = (
    "Something went wrong inside Footnote; the window that it runs in shows what. Your articles "
    "are unharmed: ask again."
)
UNDERSTOOD_AS = "Understood as: {question}"
PERIOD_BETWEEN = "Articles published from {first} to {last}"
PERIOD_SINCE = "Articles published since {first}"
PERIOD_UNTIL = "Articles published up to {last}"

EMPTY_LIBRARY = "There are no articles yet."
EMPTY_LIBRARY_REMEDY = (
    "Add some under “Articles”: drop files there, paste a text, or give the address of a web page."
)

ASK_FIRST = "These your articles answer"
ASK_NEXT = "Ask next"
RETRY = "Ask again"
COPY_LINK = "Copy link"
LINK_COPIED = "The link is copied."
OPEN_ALONE = "Open by itself"
THUMB_UP = "Helpful"
THUMB_UP_GIVEN = "Helpful ✓"
THUMB_DOWN = "Not helpful"
THUMB_DOWN_GIVEN = "Not helpful ✓"
THUMB_REASON = "Why?"
THUMB_NOTE = "In your words"
THUMB_SEND = "Send"
EDIT = "Edit"
CHANGE = "Change"
AS_TYPED = "Ask as typed"
ASKED_ALONE = "Asked without what came before"
EDITING = "Your question (it will take the place of “{question}”; empty it to leave that be)"
EDITING_EARLIER = (
    "Your question (it will take the place of “{question}” and of what came after it: {count}; "
    "empty it to leave that be)"
)
WIDEN = "more"
WIDEN_TIP = "Show the sentence before and the sentence after, too."
THEME = "Light or dark"

# The views
ASK_VIEW = "Ask"
ARTICLES_VIEW = "Articles"
DRAFT_VIEW = "Check a draft"
CHATS_VIEW = "Conversations"
LIBRARY = "Library"
MAIN_LIBRARY = "library"
NO_SUCH_LIBRARY = "There is no library called {name!r}. Choose one of these: {known}."
BAD_LIBRARY_NAME = (
    "{name!r} cannot name a library. Use letters, digits, spaces and hyphens, at most 60."
)
LIBRARY_EXISTS = "There is a library called {name!r} already. Choose another name."

# Saved conversations
SEARCH_CHATS = "Search your conversations"
NO_CHATS = "None yet. What you ask is kept here."
NO_CHATS_FOUND = "None of your conversations holds these words."
ONE_TURN = "1 question"
MANY_TURNS = "{count} questions"
ON_THE_PAGE = "on the page now"
RENAME = "Rename"
TITLE_OF = "Title"
DELETE = "Delete"
DELETE_FOR_GOOD = "Delete for good"
DELETE_WARNING = "The conversation, its answers and their links go."
NO_SUCH_ANSWER = "There is no such answer here. It may have been deleted."

# What limits the search
FILTERS = "Limit the articles"
FILTERS_SET = "Limited: {limits}"
SINCE = "Published since"
UNTIL = "Published up to"
DAY_HINT = "2025-10-28"
OUTLETS = "Outlets"
ARTICLES = "Articles"
ONLY_SINCE = "Published since {day}"
ONLY_UNTIL = "Published up to {day}"
ONLY_OUTLETS = "Only {names}"
ONLY_ARTICLES = "Articles chosen: {count}"

# An answer
VERDICTS = {
    "quoted": "quoted",
    "supported": "matches the source",
    "partly": "partly matches",
    "unsupported": "not in the source",
    "unchecked": "not checked",
}
VERDICT_MEANINGS = {
    "quoted": "Word for word from the article.",
    "supported": "An automatic check found this in the cited words. It can err.",
    "partly": "An automatic check found only a part of this in the cited words.",
    "unsupported": "An automatic check did not find this in the cited words.",
    "unchecked": "This was not checked against the article.",
}
FOOTNOTE_LABEL = "Footnote {number}: {place}. Open the article."
FOOTNOTE_SAID_BY = "Footnote {number}: {speaker}, in {place}. Open the article."
SOURCES = "Sources"
DISAGREEMENTS = {
    "sources": "Sources differ: {about}",
    "copies": "Copies of one report differ: {about}",
    "correction": "Corrected: {about}",
    "within": "An article contradicts itself: {about}",
}
CLOSEST_PASSAGES = "Closest passages"
WITHHELD_ONE = "One sentence was held back: the articles do not support it."
WITHHELD_MANY = "{count} sentences were held back: the articles do not support them."
REFUSED_WITHOUT_REASON = "The articles do not seem to answer this."

# An article
SOURCE_PANEL = "Source"
UNTITLED = "Untitled article"
UNKNOWN_OUTLET = "outlet not given"
NO_DATE = "no date given"
PAGE = "page {page}"
SAID_BY = "cited words by {speaker}"
UPDATED = "updated {date}"
OPEN_ORIGINAL = "On the web"
ALSO_IN = "Also in: {places}"
CUT = "What cleaning removed ({count})"
PREVIOUS = "Previous footnote"
NEXT = "Next footnote"
BACK = "Back"
ORIGINAL_FILE = "The file as it was added"
ASK_THIS_ALONE = "Ask this article alone"
NOTHING_OPEN = "Click a footnote: the article opens here, at the very words."
SHORTCUTS = "Keys: / to the question, [ and ] through the footnotes, Escape back to the answer."

# The command line
READY = "Footnote is ready: {address}"
STOP_HINT = "Press Ctrl-C to stop."
STOPPED_SERVER = "Stopped."
PORT_TAKEN = (
    "Footnote cannot be served on {host}:{port} ({reason}). Choose another port: --port {other}."
)
NEEDS_AUTH = (
    "{host} can be reached from other machines, so the page needs a password. Set "
    "FOOTNOTE_AUTH=user:password (or --auth), or serve on 127.0.0.1."
)
NOT_WARM = "The models could not be loaded: {error}"

# Serving: who may come in, what is open, being busy
BUSY_YOURSELF = (
    "As many questions of yours are being answered as may be at a time. Ask again in about "
    "{seconds} s; nothing of your question was lost."
)
BUSY = (
    "Many people are asking at this moment. Ask again in about {seconds} s; nothing of your "
    "question was lost."
)
LOGIN_NEEDED = "This page asks for a name and a password."
LOGIN_WRONG = "The name or the password is wrong."
LOGIN_BLOCKED = "Too many wrong passwords came from here. Try again in {seconds} s."
NO_SUCH_ADDRESS = "This page has no such address."
NOT_OF_THE_PAGE = "This did not come from the page, so nothing was done. Load the page anew."
NO_SUCH_TAB = "Nothing is waited for under this name. Load the page anew."
FOREIGN_ORIGIN = (
    "This was asked for by another website, so it was not done. Open the page itself. (A proxy in "
    "front of Footnote has to pass the Host header on.)"
)
TOO_MUCH_SENT = "At most {most} MB can be sent at once. Send less, or in several parts."
UPLOADS_FULL = "Too many uploads wait to be read. Try again in some minutes."

# Serving: the API
API_DESCRIPTION = (
    "Ask the articles of a library, and read what an answer cites. Every answer is the same JSON "
    "that `python -m rag --json` prints. Problems are told as `application/problem+json`."
)
NO_JSON = 'What was sent is no JSON. Send an object such as {"question": "…"}.'
BAD_FIELDS = "{field}: {reason}. Correct it and send it again."
FAULT_IN_API = "Something went wrong inside Footnote; the window that it runs in shows what."
LOADING = "The models are being loaded. Ask again in some seconds."
NOT_LOADED = "The models could not be loaded; the window that Footnote runs in shows why."
NO_LIBRARY_NOW = "The library cannot be opened; the window that Footnote runs in shows why."

# Serving: original files
NO_ORIGINAL = "This article came from no file, so there is no original to show."
ORIGINAL_NOT_READ = (
    "The file of this article was never read, or could not be the last time, so it is not shown. "
    "The cited text is kept."
)
ORIGINAL_GONE = "The file of this article is no longer where it was read. The cited text is kept."
ORIGINAL_CHANGED = (
    "The file of this article has changed since it was read, so it is not shown. Run `python -m "
    "index add` to take the new version in; the cited text is kept."
)
ORIGINAL_TOO_LARGE = (
    "The file of this article is too large to be shown ({size} MB of at most {most} MB)."
)

# Serving: the command line
TYPE_IT = "Password: "
TYPE_AGAIN = "The same password again: "
TYPED_NOTHING = "No password was typed. Run it again."
TYPED_DIFFERENTLY = "The two passwords differ. Run it again."

# Keeping: saved conversations
LONG_TITLE = "{start} …"
UNTITLED_CHAT = "Untitled conversation"
UNREADABLE_QUESTION = "A question that can no longer be read"
UNREADABLE_TURN = (
    "This saved answer cannot be read: another version of Footnote wrote it, or it is damaged. It "
    "stays as it is; ask again to have it answered anew."
)
NOT_SAVED = "The conversation was not saved: {reason}. It goes on here until the page is closed."
NOT_CHANGED = "Nothing was changed in the saved conversations: {reason}."
CANNOT_READ_CHATS = "The saved conversations cannot be read now: {reason}."
DISK_FULL = "the disk is full"
FOLDER_READ_ONLY = "the library's folder cannot be written"
CHATS_BUSY = "another program is writing to the file"
CHATS_NEWER = "the file was written by a newer version of Footnote"
CHATS_SET_ASIDE = (
    "The saved conversations could not be read ({reason}), so their file was moved to {path}. New "
    "conversations are saved. The next article that is erased for good takes that file with it."
)
CHATS_NOT_CLEANED = (
    "What was deleted is gone from the saved conversations, but bytes of it may still stand in "
    "their file: {reason}. Put that right, then start Footnote again."
)
CHATS_HELD = "another program reads it"
UNKNOWN_CHAT = (
    "There is no such conversation of yours; it may have been deleted. Begin a new one to have it "
    "saved."
)
"""One wording for what was deleted, never was, or is another user's: nobody learns which."""
UNKNOWN_TURN = "There is no such answer among your saved conversations."
CHAT_FULL = (
    "This conversation has {most} answers, as many as one can hold. Begin a new one; this stays."
)
TURN_TOO_LARGE = "it is too large ({size:,} characters; at most {most:,})"
BAD_THUMB = "{thumb!r} is no thumb: it is up, down or none."
BAD_REASON = "{reason!r} is no reason. These are: {known}."

# Keeping: what an article took with it when it was erased for good
ERASED_SOME = (
    "A source of this answer was erased from the library for good, and what the answer had from it "
    "with it."
)
ERASED_ALL = "The sources of this answer were erased from the library for good, and it with them."
ERASED_WORDS = "These words repeated an article that was erased for good"

# Keeping: what became of the sources since
SOURCE_CHANGED = "“{title}” has changed since: the library now has {newer}."
STILL_QUOTED = "It still has the words quoted here."
LOST_ONE = "It no longer has the words of footnote {numbers}."
LOST_MANY = "It no longer has the words of footnotes {numbers}."
NEWER = "a newer version"
NEWER_DATED = "a newer version of {date}"
NEWER_TITLED = "a newer version, “{title}” ({date})"
SOURCE_REMOVED = "“{title}” has been taken out of the library since. It can still be read."
SOURCE_ERASED = "“{title}” is gone from the library and can no longer be read there."

# Keeping: a thumb and its reason
THUMB_REASONS = {
    "wrong": "It is wrong",
    "unsupported": "The footnotes do not say this",
    "incomplete": "The articles say more",
    "should-refuse": "The articles do not answer this",
    "should-answer": "The articles do answer this",
    "other": "Something else",
}
FEEDBACK_NOT_WRITTEN = (
    "That is saved, but {path}, where thumbs are kept as cases, could not be written ({reason})."
)

# Keeping: an export
EXPORTED_BY = "From Footnote. Each quote is word for word from the article named with it."
SINCE_ANSWERED = "Since this was answered"
ASKED_AT = "Asked on {day}, {clock} UTC"
WRITTEN_IN_QUOTES = "Written in the articles’ own words"
WRITTEN_BY = "Written by {model} and checked against the articles"
DRAFT_CHECKED = "A draft, checked against the articles"
LIMITED_OUTLETS = "Limited to {outlets}"
LIMITED_ARTICLES_ONE = "Limited to one chosen article"
LIMITED_ARTICLES = "Limited to {count} chosen articles"
FOOTNOTES = "Footnotes"
QUOTE = "Quote"
BY_AUTHOR = "by {author}"
PUBLISHED = "published {date}"
PUBLISHED_NO_DATE = "no date of publication given"
SPOKEN_BY = "words of {speaker}"
ALSO_PRINTED = "also in {places}"
BACK_TO_TEXT = "Back to the text, footnote {number}"
FOOTNOTE_NUMBER = "Footnote {number}"
COMPARE = "cf."
HOW_CHECKED = "How sentences were checked"
NOTE = "Note: {text}"

# The list of articles
SEARCH = "Search"
SEARCH_HINT = "Title, outlet, author or file; Enter looks into the texts"
ORDER = "Order"
ORDERS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "added": "Last added first",
    "title": "By title",
    "outlet": "By outlet",
    "longest": "Longest first",
}
FOUND_OF = "{found} of {total}"
NOTHING_FOUND = "No title, outlet, author or file has “{words}”."
EMPTY_LIST_REMEDY = "Add some above: drop files, paste a text, or give the address of a web page."
SHOW_MORE = "Show {count} more ({shown} of {found} shown)"
WORDS = "{count} words"
TICK = "Choose “{title}” to ask about"
TICKED = "{count} chosen"
ASK_ABOUT_TICKED = "Ask about these"
UNTICK = "Choose none"
CLOSE = "Close"
CLOSE_OF = "Close the details of “{title}”"
EDIT_FACTS = "Details"
EDIT_OF = "Details of “{title}”: correct, remove, erase"
FACT_LABELS = {
    "title": "Title",
    "source": "Outlet",
    "author": "Author",
    "published": "Date of publication",
}
FACT_NAMES = {"title": "title", "source": "outlet", "author": "author", "published": "date"}
CORRECTED_MARK = "corrected by hand"
CORRECTED_TIP = "Corrected by hand: {names}"
WAS_READ = "The file says: {value}"
NOTHING_READ = "nothing"
FILES = "In the library from: {names}"
SAVE = "Save"
AS_READ = "As it was read"
REMOVE = "Remove from the library"
UNDO = "Undo"
ERASE = "Erase for good …"
ERASE_ASKS = "Erase “{title}” for good?"
ERASE_GOES = (
    "Its text goes, its older versions, what is searched of it, and its quotes in kept "
    "conversations. It is never taken in again, and this cannot be undone."
)
ERASE_STAYS = "These files are not Footnote's and stay where they are:"
ERASE_YES = "Erase it for good"
ERASE_NO = "Keep it"
CORRECTED = "Corrected: “{title}”."
UNCORRECTED = "“{title}” stands as it was read."
REMOVED = "Removed from the library: “{title}”."
PUT_BACK = "It is back."
ALL_REMOVED = "Removed ({count})"
REMOVED_STAY = "Not searched, and not answered from, until they are put back."
RESTORE = "Put back"
RESTORE_OF = "Put “{title}” back into the library"
ERASING = "Erasing …"
ERASED = "Erased for good: “{title}”."
ERASED_ELSEWHERE = "Erased for good: “{title}”. These files stay: {paths}"

# Every mention
FIND_MENTIONS = "Find every mention of “{phrase}” in the texts"
BACK_TO_LIST = "Back to the list"
ONE_MENTION = "“{phrase}” is mentioned once."
MANY_MENTIONS = "“{phrase}” is mentioned {count} times, in {articles}."
TOO_MANY_MENTIONS = (
    "“{phrase}” is mentioned more than {count} times; these are the oldest, in {articles}."
)
NO_MENTIONS = "No article mentions “{phrase}”."

# Adding articles
ADD_ARTICLES = "Add articles, or a library"
ADD_FILES = "Files"
ADD_TEXT = "A text"
ADD_ADDRESS = "A web page"
ADD_LIBRARY = "Another library"
ADD = "Add"
FILES_LABEL = "Drop files here, or click: text, Markdown, HTML, PDF, Word, JSON Lines"
TEXT_LABEL = "Text"
PASTED_TEXT = "the pasted text"
ADDRESS_LABEL = "Address"
ADDRESS_HINT = "https://"
LIBRARY_NAME = "Name"
LIBRARY_APART = "Its articles are kept and asked apart from all others."
MAKE = "Make and open"
ADDING = "Adding: {done} of {count} done"
ADDED_ALL = "Done: {done} in the library"
ADDED_BUT = "Done: {done} in the library, {refused} refused"
ENTRY_STATES = {
    "waiting": ("·", "waits"),
    "reading": ("…", "is read"),
    "held": ("…", "waits"),
    "added": ("✓", "added"),
    "known": ("=", "there already"),
    "refused": ("✗", "refused"),
}
"""The mark of each state, and the state in words."""
HELD_UP = "somebody else is adding articles just now; this goes on by itself"
ALSO_AS = ", which is also in {names}"
AND_MORE = "and {count} more"

# Checking a draft
DRAFT = "Draft"
CHECKED_DRAFT = "The draft, checked"
DRAFT_HINT = "Paste a text: each sentence is looked for in the articles"
CHECK = "Check"
OPEN_DRAFT = "Open a file"
DRAFT_CHECKING = "Checking: {done} of {count} lines"
DRAFT_STOPPED = "Stopped after {done} of {count} lines."
DRAFT_STATES = {
    "supported": ("✓", "supported"),
    "differs": ("≠", "differs"),
    "silent": ("∅", "no article speaks of it"),
    "unchecked": ("–", "not checked"),
}
"""The mark of each state, and the state in words."""
DRAFT_MEANINGS = {
    "supported": "An automatic check found this in the cited words. It can err.",
    "differs": "An article comes near, but the check did not find all of this in it.",
    "silent": "The articles of this library do not speak of it; that does not make it wrong.",
    "unchecked": "Only sentences that state something are checked.",
}
NO_DRAFT_KIND = "{name} is of no kind that is read here ({kinds}). Paste its text instead."
NO_DRAFT_TEXT = "{name} {reason}"
