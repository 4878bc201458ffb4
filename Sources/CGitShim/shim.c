#include "CGitShim.h"

// git_libgit2_opts is variadic, which Swift cannot call; the option is an enumerator, so ask for the version.
int precede_git_allow_extensions(void) {
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 3
  static const char *names[] = {"preciousobjects", "worktreeconfig", "relativeworktrees", "partialclone",
                                "objectformat", "refstorage"};
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof names / sizeof *names);
#else
  return 0;
#endif
}

int precede_git_index_open(git_index **out, const char *path) {
#ifdef GIT_EXPERIMENTAL_SHA256
  return git_index_open(out, path, NULL);
#else
  return git_index_open(out, path);
#endif
}

void precede_git_check_owners(int check) {
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 5 || (LIBGIT2_VER_MINOR == 4 && LIBGIT2_VER_REVISION >= 3)
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, check);
#else
  (void)check;
#endif
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
/* libgit2 1.5 loses a compiled pattern for each setting of a repository of format version 1 that it looks up by one. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libpcre2-8\n"; }
const char *__lsan_default_options(void);
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
#endif
#endif
