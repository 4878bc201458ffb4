class Precede < Formula
  desc "Tells where AWS may start an ECS service before the services it needs"
  homepage "$homepage"
  url "$homepage.git", tag: "v$version"
  license "Apache-2.0"

  on_macos do
    depends_on xcode: ["26.0", :build]
    depends_on "pkgconf" => :build
    depends_on "libgit2"
    depends_on "libyaml"
  end

  on_linux do
    url "$homepage/releases/download/v$version/$archive"
    sha256 "$sum"
    depends_on arch: :x86_64
  end

  def install
    if OS.mac?
      system "swift", "build", "--disable-sandbox", "--configuration", "release", "--product", "precede"
      bin.install ".build/release/precede"
      generate_completions_from_executable(bin/"precede", "--generate-completion-script")
    else
      bin.install "bin/precede"
      man1.install "share/man/man1/precede.1"
      bash_completion.install "share/bash-completion/completions/precede"
      zsh_completion.install "share/zsh/site-functions/_precede"
      fish_completion.install "share/fish/vendor_completions.d/precede.fish"
    end
  end

  test do
    system "git", "init"
    (testpath/"web.yaml").write <<~YAML
      Resources:
        Web: {Type: AWS::ECS::Service}
    YAML
    assert_match "1 template read", shell_output("#{bin}/precede check --all 2>&1")
  end
end
