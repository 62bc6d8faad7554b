// Starts the library's passkey forms from data attributes of their button, and says when one did not work.
(function () {
  const said = document.getElementById("passkey-failed");

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const name = event.detail.exception && event.detail.exception.name;
    // Closing the browser's own dialog is an answer, not a failure.
    if (said) said.hidden = name === "NotAllowedError" || name === "AbortError";
  });

  const KIND = { addForm: "add", authenticateForm: "authenticate", loginForm: "login" };
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, passkeyCredential, passkeyPasswordless, passkeyData } = button.dataset;
    const ids = { [KIND[passkey]]: button.id, credential: passkeyCredential, data: passkeyData };
    if (passkeyPasswordless) ids.passwordless = passkeyPasswordless;
    window.allauth.webauthn.forms[passkey]({ ids });
  }
})();
