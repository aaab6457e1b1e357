"""Every word that the page says, in one place. Those with {braces} are filled in."""

TITLE = "Footnote"
TAGLINE = "Answers from your own articles, every sentence with its footnote"
LIBRARY_FACTS = "{count}, newest {newest} · {writer}"
IN_QUOTES = "answers in quotes"
BY_MODEL = "answers by {model}, checked against the articles"
ONE_ARTICLE = "1 article"
MANY_ARTICLES = "{count} articles"

# The conversation
CONVERSATION = "Conversation"
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
EDIT = "Edit"
CHANGE = "Change"
AS_TYPED = "Ask as typed"
ASKED_ALONE = "Asked without what came before"
EDITING = "Your question (it will take the place of “{question}”)"
WIDEN = "more"
WIDEN_TIP = "Show the sentence before and the sentence after, too."
ANSWERED = "Answered: {text}"
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

# What limits the search
FILTERS = "Limit the articles"
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
BACK = "Back to the answer"
ORIGINAL_FILE = "The file as it was added"
ASK_THIS_ALONE = "Ask this article alone"
NOTHING_OPEN = "Click a footnote: the article opens here, at the very words."
SHORTCUTS = (
    "Keys: / to the question, [ and ] through the footnotes, Escape back to the answer."
)

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

# The list of articles
SEARCH = "Search"
SEARCH_HINT = "Title, outlet, author or file; Enter looks into the texts"
ORDER = "Order"
ORDERS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
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
    "title": "Title", "source": "Outlet", "author": "Author", "published": "Date of publication",
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
ERASED = "Erased for good: “{title}”."

# Every mention
FIND_MENTIONS = "Find every mention of “{phrase}” in the texts"
BACK_TO_LIST = "Back to the list"
ONE_MENTION = "“{phrase}” is mentioned once."
MANY_MENTIONS = "“{phrase}” is mentioned {count} times, in {articles}."
NO_MENTIONS = "No article mentions “{phrase}”."

# Adding articles
ADD_ARTICLES = "Add articles, or a library"
ADD_FILES = "Files"
ADD_TEXT = "A text"
ADD_ADDRESS = "A web page"
ADD_LIBRARY = "Another library"
ADD = "Add"
FILES_LABEL = "Text, Markdown, HTML, PDF, Word or JSON Lines"
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
AND_MORE = "and {count} more"

# Checking a draft
DRAFT = "Draft"
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
COMPARE = "cf."
NO_DRAFT_KIND = "{name} is of no kind that is read here ({kinds}). Paste its text instead."
NO_DRAFT_TEXT = "{name} {reason}"
