"""What every answer of the server carries: which scripts may run, and what may be reached."""

POLICY = (
    "default-src 'none'; script-src 'self'{inline}; script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)
"""What of the browser no page of ours uses; copying to the clipboard stays."""

HEADERS = {
    "Content-Security-Policy": POLICY.format(inline=""),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_FEATURES,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # What the library tells belongs in no cache; files whose name is their hash may stay in one.
    "Cache-Control": "no-store",
}
"""Set where an answer does not set them itself."""

KEPT_FOR_EVER = "private, max-age=31536000, immutable"
"""For Gradio's scripts and styles, whose names hold a hash of what is in them."""


def page_policy(nonce: str) -> str:
    """Return the policy for a page of Gradio, whose own scripts carry the nonce.

    Gradio makes functions out of text (`Function`), hence "unsafe-eval"; attributes such as
    onerror are never its own.
    """
    return POLICY.format(inline=f" 'nonce-{nonce}' 'unsafe-eval'")
