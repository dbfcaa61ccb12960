using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

public sealed class UserTests : ModuleTest
{
    public UserTests()
    {
        Connect();
        Get("$bob = [pscredential]::new('bob', [Net.NetworkCredential]::new('', 'correct horse').SecurePassword)");
    }

    [Fact]
    public void A_new_user_has_what_it_was_given()
    {
        var user = Run("New-CdbUser -Credential $bob -Email bob@example.org -Nickname Robert").Single!;

        Assert.Equal("bob", user.Properties["Name"].Value);
        Assert.Equal("bob@example.org", user.Properties["Email"].Value);
        Assert.Equal("Robert", user.Properties["Nickname"].Value);
        Assert.Equal("user", user.Properties["Role"].Value);
    }

    [Fact]
    public void A_user_is_made_with_a_whole_tree()
    {
        Get("""
            New-CdbUser bob -Password $bob.Password -Email bob@example.org -Stream @{ mood = @{ schema = 'string' } } -Device @{
                pi = @{ description = 'On the roof'; streams = @{ light = @{ schema = 'number' }; door = @{} } }
            }
            """);

        Assert.Equal(["bob/pi/door", "bob/pi/light", "bob/user/mood"], Get("Get-CdbStream bob/*/* | ForEach-Object { $_.Path.ToString() }").Select(o => o!.ToString()));
    }

    [Fact]
    public void A_tree_with_a_fault_makes_nothing()
    {
        Run("New-CdbUser -Credential $bob -Email bob@example.org -Device @{ pi = @{ streams = @{ '1x' = @{} } } }");

        Assert.Equal("False", Run("Test-CdbItem bob").Single!.ToString());
    }

    [Theory]
    [InlineData("New-CdbUser me -Password $bob.Password -Email x@example.org", "NameTaken")]
    [InlineData("New-CdbUser 'b b' -Password $bob.Password -Email x@example.org", "InvalidName")]
    [InlineData("Get-CdbUser nobody", "NotFound")]
    [InlineData("Set-CdbUser nobody -Nickname x", "NotFound")]
    [InlineData("Remove-CdbUser nobody -Confirm:$false", "NotFound")]
    public void What_cannot_be_done_is_an_error_with_an_id_of_its_own(string script, string id)
    {
        Assert.Equal(id, Run(script).ErrorId);
    }

    [Fact]
    public void Setting_changes_what_is_given_and_nothing_else()
    {
        Get("$null = New-CdbUser -Credential $bob -Email bob@example.org -Description same; Get-CdbUser bob | Set-CdbUser -Nickname new -Public:$false");

        var user = Run("Get-CdbUser bob").Single!;
        Assert.Equal("new", user.Properties["Nickname"].Value);
        Assert.Equal("same", user.Properties["Description"].Value);
        Assert.Equal("bob@example.org", user.Properties["Email"].Value);
        Assert.Equal(false, user.Properties["Public"].Value);
    }

    [Fact]
    public void A_password_that_is_changed_is_the_one_that_counts()
    {
        Get("$new = [Net.NetworkCredential]::new('', 'battery staple').SecurePassword; $null = New-CdbUser -Credential $bob -Email bob@example.org; Set-CdbUser bob -Password $new");

        Assert.Equal("AuthenticationFailed", Run("Connect-Cdb $Store -Credential $bob").ErrorId);
        Assert.Equal("bob/user", Run("(Connect-Cdb $Store -Credential ([pscredential]::new('bob', $new))).Identity.ToString()").Single!.ToString());
    }

    [Fact]
    public void Users_are_found_by_name_and_removed_with_all_they_own()
    {
        Get("$null = New-CdbUser -Credential $bob -Email bob@example.org -Stream @{ a = @{} }");
        Assert.Equal(["bob", "me"], Get("Get-CdbUser | ForEach-Object Name").Select(o => o!.ToString()));
        Assert.Equal(["bob"], Get("Get-CdbUser b* | ForEach-Object Name").Select(o => o!.ToString()));

        Get("Get-CdbUser bob | Remove-CdbUser -Confirm:$false");
        Assert.Equal(["False", "False"], Get("Test-CdbItem bob, bob/user/a").Select(o => o!.ToString()));
    }

    [Theory]
    [InlineData("New-CdbUser -Credential $bob -Email bob@example.org -WhatIf")]
    [InlineData("Set-CdbUser me -Nickname x -WhatIf")]
    [InlineData("Remove-CdbUser me -WhatIf")]
    public void WhatIf_changes_nothing(string script)
    {
        Get(script);

        Assert.Equal("me ", string.Join(' ', Get("Get-CdbUser | ForEach-Object { $_.Name; $_.Nickname }")));
    }
}
