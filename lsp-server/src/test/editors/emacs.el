;; SPDX-License-Identifier: Apache-2.0
;; Looks at what eglot shows of a file, asks for a hover and carries out a quick fix.
;; Environment: FILE; LINE, the line with the finding; OUT, the file for what is to be said.
(require 'eglot)
(require 'flymake)
(require 'cc-mode)

(defun pinion-say (&rest arguments)
  (append-to-file (concat (apply #'format arguments) "\n") nil (getenv "OUT")))

(defun pinion-until (seconds condition)
  "Wait until CONDITION gives something, and return it."
  (let ((end (+ (float-time) seconds)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05)
      (eglot--signal-textDocument/didChange)
      (flymake-start nil))
    (or found (error "nothing in %d s" seconds))))

(defun pinion-first-line (text)
  (car (split-string text "\n")))

(condition-case problem
    (let ((eglot-sync-connect 60) (eglot-connect-timeout 90)
          (eglot-confirm-server-initiated-edits nil)
          (line (string-to-number (getenv "LINE"))))
      (find-file (getenv "FILE"))
      (unless (eglot-current-server)
        (apply #'eglot (eglot--guess-contact)))
      (flymake-mode 1)
      (let* ((here (lambda ()
                     (seq-find (lambda (d) (= line (line-number-at-pos (flymake-diagnostic-beg d))))
                               (flymake-diagnostics))))
             (found (pinion-until 90 here)))
        (pinion-say "diagnostic: %d: %s" line (flymake-diagnostic-text found))
        (goto-char (1+ (flymake-diagnostic-beg found)))
        (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                      (eglot--TextDocumentPositionParams))))
          (pinion-say "hover: %s"
                      (pinion-first-line (plist-get (plist-get hover :contents) :value))))
        (let* ((actions (eglot-code-actions (flymake-diagnostic-beg found)
                                            (flymake-diagnostic-end found)))
               (fix (seq-find (lambda (a) (plist-get a :edit)) actions)))
          (pinion-say "quick fix: %s" (plist-get fix :title))
          (eglot--apply-workspace-edit (plist-get fix :edit)))
        (pinion-until 60 (lambda () (not (funcall here))))
        (goto-char (point-min))
        (forward-line (1- line))
        (pinion-say "line: %s"
                    (car (split-string
                          (string-trim (buffer-substring (line-beginning-position)
                                                         (line-end-position)))
                          "[ \t]*//")))
        (set-buffer-modified-p nil)
        (eglot-shutdown (eglot-current-server))
        (pinion-say "ok")))
  (error (pinion-say "failed: %S" problem)))
(kill-emacs 0)
