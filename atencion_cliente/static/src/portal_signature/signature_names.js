/**
 * Names for the buttons of Odoo's signature form that show only a symbol, by the words of our
 * dialog. The form draws them anew with each way of signing.
 *
 * The page of a case loads this file itself: it is in no bundle, which other pages would load, too.
 */
const dialog = document.getElementById("o_atencion_sign");
const names = {
    ".o_web_sign_auto_select_style button": dialog.dataset.fontName,
    ".o_web_sign_draw_clear a": dialog.dataset.clearName,
    ".o_web_sign_load_file button": dialog.dataset.loadName,
};

function giveNames() {
    for (const [selector, name] of Object.entries(names)) {
        dialog.querySelector(selector)?.setAttribute("aria-label", name);
    }
}

giveNames();
new MutationObserver(giveNames).observe(dialog, { childList: true, subtree: true });
