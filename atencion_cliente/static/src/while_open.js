import { status, useComponent } from "@odoo/owl";

/**
 * A function that waits for a promise while the component is there. What arrives after the
 * component was destroyed, a result or an error, is dropped: nobody is there to see it, and
 * the lines after the `await` would work on a form that is closed.
 *
 * A component may be destroyed before it was ever mounted (the form was closed, or drawn
 * again, while it was loading). Then `onWillUnmount` is not called: whatever a component
 * has to end, it ends in `onWillDestroy`.
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
