const PATIENCE = 90_000; // milliseconds without any progress

/**
 * Send a form, and wait for the page that the server answers with.
 *
 * @param {string} address
 * @param {FormData} body
 * @param {(percent: number) => void} progressed
 * @returns {Promise<{ok: boolean, address: string, page: Document}>} rejected if there is no answer
 */
export function send(address, body, progressed) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        let waiting;
        const wait = () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => request.abort(), PATIENCE);
        };
        request.open("POST", address);
        request.responseType = "document";
        request.upload.onprogress = ({ loaded, total }) => {
            wait();
            progressed(Math.round((100 * loaded) / total));
        };
        request.onprogress = wait;
        request.onload = () =>
            resolve({
                ok: request.status < 400,
                address: request.responseURL,
                page: request.response,
            });
        request.onerror = request.onabort = () => reject(new Error("no answer"));
        request.onloadend = () => clearTimeout(waiting);
        wait();
        request.send(body);
    });
}
