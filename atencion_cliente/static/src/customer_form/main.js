/**
 * What a browser adds to the form of a customer, which works without any of it.
 *
 * Browsers keep files for a week by their address, and an imported file has the address that
 * the import says: so each has the version of this one, and no file imports another by itself.
 */

const version = new URL(import.meta.url).search;
const PARTS = ["customer_form", "drafts", "lines", "photographs", "pieces", "resizing", "sending"];

const form = document.querySelector("form[data-atencion-form]");
if (form) {
    const modules = await Promise.all(PARTS.map((name) => import(`./${name}.js${version}`)));
    const parts = Object.assign({}, ...modules);
    await new parts.CustomerForm(form, parts).start();
}
