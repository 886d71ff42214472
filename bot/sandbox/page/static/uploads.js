// Files on their way up: read in the browser, sent as text.

/** Files as the sandbox takes them: name, type, and the content in base64. */
export function read(files) {
  return Promise.all(files.map((file) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({
      name: file.name, type: file.type || "application/octet-stream", data: reader.result.split(",", 2)[1] ?? "",
    });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  })));
}
