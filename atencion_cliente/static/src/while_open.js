import { status, useComponent } from "@odoo/owl";

/**
 * A function that waits for a promise as long as the component exists. If the component is
 * destroyed first, the result or the error is dropped: the lines after the `await` would
 * work on a closed form.
 *
 * A component may be destroyed before it is mounted, if its form is closed or rendered again
 * while it loads. Then `onWillUnmount` is not called, so components clean up in
 * `onWillDestroy`.
 *
 * @returns {<T>(promise: Promise<T>) => Promise<T>}
 */
export function useWhileOpen() {
    const component = useComponent();
    return (promise) =>
        new Promise((resolve, reject) => {
            const ifOpen = (settle) => (value) => {
                if (status(component) !== "destroyed") {
                    settle(value);
                }
            };
            promise.then(ifOpen(resolve), ifOpen(reject));
        });
}
