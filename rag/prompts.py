"""Every word that an answer says of its own: refusals and notices."""

REFUSED = "The articles do not seem to answer this. These passages come closest."
NOTHING_FOUND = "No article matches the question within these limits."
UNDATED_LEFT_OUT = (
    "{count} articles without a date were left out, since the question names a period."
)
