import Testing

@testable import Templates

/// Lines of stack traces, as V8 and jsii write them.
@Suite struct StackFrameTests {
  @Test(
    arguments: [
      ("/home/ada/app.js:8:14", "/home/ada/app.js", 8, 14),
      ("service (/home/ada/app.js:21:10)", "/home/ada/app.js", 21, 10),
      ("new Services (/home/ada/app.js:33:30)", "/home/ada/app.js", 33, 30),
      ("<anonymous> (/home/ada/app.js:40:1)", "/home/ada/app.js", 40, 1),
      ("Object.make [as handler] (/home/ada/app.ts:3:1)", "/home/ada/app.ts", 3, 1),
      ("at async main (file:///home/ada/app.mjs:3:1)", "/home/ada/app.mjs", 3, 1),
      ("at async file:///home/ada/app.mjs?t=1:3:1", "/home/ada/app.mjs", 3, 1),
      ("file:///home/ada%20l/app.mjs:3:1", "/home/ada l/app.mjs", 3, 1),
      ("make (/home/ada/shop (copy)/app.js:3:1)", "/home/ada/shop (copy)/app.js", 3, 1),
      ("make (C:\\Users\\Ada\\app.js:3:1)", "C:/Users/Ada/app.js", 3, 1),
      ("file:///C:/Users/Ada/app.mjs:3:1", "C:/Users/Ada/app.mjs", 3, 1),
      ("__init__ (/home/ada/app.py:13)", "/home/ada/app.py", 13, nil),
      ("<module> (/home/ada/app.py:28)", "/home/ada/app.py", 28, nil),
    ] as [(String, String, Int, Int?)])
  func isRead(text: String, file: String, line: Int, column: Int?) {
    let frame = StackFrame(text)
    #expect(frame?.file == file)
    #expect(frame?.line == line)
    #expect(frame?.column == column)
  }

  @Test(arguments: [
    "", ":", "(", ")", "...node internals...", "...new Ec2Service2 in aws-cdk-lib...",
    "(no user code in 10 frames, use --stack-trace-limit to capture more)", "node:internal/main:1:1",
    "Module._compile (node:internal/modules/cjs/loader:1364:14)", "app.js:1:1", "main (app.js:1:1)",
    "webpack:///app.js:1:1", "/home/ada/app.js", "/home/ada/app.js:0:1", "/home/ada/app.js:1:-1",
    "/home/ada/app.js:99999999999999999999:1", "file:///%zz:1:1", "com.acme.Blog.<init> (Blog.java:23)",
  ])
  func isNoFrame(text: String) {
    #expect(StackFrame(text) == nil)
  }
}
