/// The script that git runs as a hook: small, and it says how to do once without it.
struct HookScript {
  let stage: HookStage

  /// `nil` where git gives a hook no way to be left out once, and for what is no hook of git.
  init?(_ stage: HookStage) {
    guard HookScript.actions[stage] != nil else { return nil }
    self.stage = stage
  }

  /// The stages of which there is a script.
  static let stages = HookStage.allCases.filter { actions[$0] != nil }

  private struct Action {
    let noun: String
    let verb: String
    let skip: String
  }

  private static let actions: [HookStage: Action] = [
    .preCommit: Action(noun: "commit", verb: "commit", skip: "git commit --no-verify"),
    .preMergeCommit: Action(noun: "merge", verb: "merge", skip: "git merge --no-verify"),
    .prePush: Action(noun: "push", verb: "push", skip: "git push --no-verify"),
    .preReceive: Action(noun: "push", verb: "push", skip: "git push -o precede.skip"),
  ]

  var text: String {
    guard let action = HookScript.actions[stage] else { return "" }
    return """
      #!/bin/sh
      # Stops a \(action.noun) that lets a service start before the services it connects to.
      #
      # \(place)
      # Runs `precede` from PATH, or the program that the variable PRECEDE names.
      # To \(action.verb) once without the check: \(action.skip)
      \(stage == .preReceive ? Self.pushOption : "")
      precede=${PRECEDE:-precede}

      if ! command -v "$precede" >/dev/null 2>&1; then
        echo "precede: cannot check this \(action.noun): $precede is not installed" >&2
        echo "hint: put precede on PATH or name it in PRECEDE; to \(action.verb) once without the check: \(action.skip)" >&2
        exit 2
      fi

      "$precede" hook --stage \(stage.rawValue) "$@"
      status=$?
      if [ "$status" -ne 0 ]; then
        echo "The \(action.noun) was stopped. To \(action.verb) once without the check: \(action.skip)" >&2
      fi
      exit "$status"

      """
  }

  private var place: String {
    stage.isOnServer
      ? "For a server: written to the hooks of a bare repository by `precede install --stage pre-receive`."
      : "Written by `precede install`; or use the folder in place: git config core.hooksPath <this folder>"
  }

  private static let pushOption = """
    # which works where the server's configuration has receive.advertisePushOptions.

    number=0
    while [ "$number" -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do
      eval "option=\\$GIT_PUSH_OPTION_$number"
      if [ "$option" = precede.skip ]; then exit 0; fi
      number=$((number + 1))
    done

    """
}
