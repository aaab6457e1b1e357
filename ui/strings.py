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
    "Put articles (.txt, .md, .html, .pdf, .docx, .jsonl) into a folder, run this command, "
    "then load this page again:"
)
EMPTY_LIBRARY_COMMAND = "python -m index --library {library} add FOLDER"

# What limits the search
FILTERS = "Limit the articles"
SINCE = "Published since"
UNTIL = "Published up to"
DAY_HINT = "2025-10-28"
OUTLETS = "Outlets"

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
OPEN_ORIGINAL = "Open the original"
ALSO_IN = "Also in: {places}"
CUT = "What cleaning removed ({count})"
PREVIOUS = "Previous footnote"
NEXT = "Next footnote"
BACK = "Back to the answer"
ALL_ARTICLES = "All articles"
LIBRARY_HINT = "Open one to read it, or click a footnote in an answer."

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
UNKNOWN_CHAT = "This conversation was deleted. Begin a new one to have it saved."
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
FEEDBACK_NOT_WRITTEN = "The thumb is saved, but {path} could not be written ({reason})."

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
