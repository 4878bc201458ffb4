#ifndef PRECEDE_CGITSHIM_H
#define PRECEDE_CGITSHIM_H

#include <git2.h>

/// Lets libgit2 open repositories whose extensions do no harm to a reader: preciousObjects, worktreeConfig,
/// relativeWorktrees, partialClone; and objectFormat and refStorage, whose values the caller must check. To be called
/// once, since each call replaces the list of the one before. Does nothing before libgit2 1.3, which has no such option.
/// Returns 0 or a code of libgit2.
int precede_git_allow_extensions(void);

/// `git_index_open`, whose parameters depend on how libgit2 was built.
int precede_git_index_open(git_index **out, const char *path);

/// Whether libgit2 asks for the owner of a repository that it opens; in the whole process. Does nothing before libgit2
/// 1.4.3, which cannot be told.
void precede_git_check_owners(int check);

#endif
