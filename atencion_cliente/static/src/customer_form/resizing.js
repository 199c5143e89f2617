/** Photographs are made smaller before they are sent: a telephone's have ten times the size. */

const LONGEST = 1600; // pixels
const QUALITY = 0.8;
const LIGHT = 300_000; // bytes: such a picture is sent as it is
const PICTURE = /^image\/(jpeg|png|webp|heic|heif|avif|bmp)$/;
const PICTURE_NAME = /\.(jpe?g|png|webp|hei[cf]|avif|bmp)$/i;

/**
 * A photograph of 1,600 pixels at most, upright; another file, or one that this browser cannot
 * draw, as it is.
 */
export async function resized(file) {
    if (!PICTURE.test(file.type) && !PICTURE_NAME.test(file.name)) {
        return file;
    }
    try {
        const image = await drawn(file);
        const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
        if (scale === 1 && file.size <= LIGHT) {
            return file;
        }
        const blob = await jpeg(image, scale);
        return blob && blob.size < file.size
            ? new File([blob], jpegName(file.name), { type: blob.type })
            : file;
    } catch {
        return file;
    }
}

/** The image of a file: browsers turn it as the camera noted. */
async function drawn(file) {
    const image = new Image();
    const address = URL.createObjectURL(file);
    try {
        image.src = address;
        await image.decode();
        return image;
    } finally {
        URL.revokeObjectURL(address);
    }
}

function jpeg(image, scale) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const context = canvas.getContext("2d");
    // What is transparent would become black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

function jpegName(name) {
    return `${name.replace(/\.[^.]*$/, "")}.jpg`;
}
