using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

public sealed class TestCdbItemTests : ModuleTest
{
    [Theory]
    [InlineData("me", "True")]
    [InlineData("me/user", "True")]
    [InlineData("me/user/a", "True")]
    [InlineData("a", "True")]
    [InlineData("user/a", "True")]
    [InlineData("user", "True")]
    [InlineData("b", "False")]
    [InlineData("a -Kind Device", "False")]
    [InlineData("me/user/b", "False")]
    [InlineData("me/nothing/a", "False")]
    [InlineData("'not a name'", "False")]
    [InlineData("a/b/c/d/e", "False")]
    [InlineData("a -Kind Stream", "True")]
    [InlineData("user/a -Kind Stream", "True")]
    [InlineData("user -Kind Device", "True")]
    [InlineData("me, nobody", "True False")]
    [InlineData("(Get-CdbStream a)", "True")]
    public void Answers_whether_a_path_exists(string path, string expected)
    {
        Connect();
        Get("New-CdbStream a");

        Assert.Equal(expected, string.Join(' ', Get($"Test-CdbItem {path}")));
    }

    [Fact]
    public void Items_come_from_the_pipeline()
    {
        Connect();
        Get("New-CdbStream a");

        Assert.Equal("True True True False", string.Join(' ', Get("& { Get-CdbStream a; Get-CdbDevice user; Get-CdbUser me; 'nobody' } | Test-CdbItem")));
    }
}
