using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

public sealed class ConnectCdbTests : ModuleTest
{
    [Fact]
    public void A_store_is_made_at_first_use_and_its_owner_is_logged_in()
    {
        var connection = Run("Connect-Cdb $Store").Single!;

        Assert.True(File.Exists(Store));
        Assert.Equal(Store, connection.Properties["Location"].Value);
        Assert.Equal("me/user", connection.Properties["Identity"].Value.ToString());
    }

    [Fact]
    public void What_was_stored_is_there_when_the_store_is_opened_again()
    {
        Get("Connect-Cdb $Store; New-CdbStream a; 1 | Add-CdbDatapoint a; Disconnect-Cdb");

        Assert.Equal(1L, Get("$null = Connect-Cdb $Store; (Get-CdbDatapoint a).Data").Single()!.BaseObject);
    }

    [Fact]
    public void A_relative_path_lies_in_the_current_location()
    {
        Get("$null = $ExecutionContext.SessionState.Path.SetLocation($Folder); $null = Connect-Cdb ./here.cdb");

        Assert.True(File.Exists(Path.Combine(Folder, "here.cdb")));
    }

    [Theory]
    [InlineData("pi")]
    [InlineData("me/pi")]
    public void As_acts_as_another_device_with_its_permissions(string device)
    {
        Connect();
        Get("New-CdbDevice pi; New-CdbStream mine");

        Assert.Equal("me/pi", Get($"(Connect-Cdb $Store -As {device}).Identity.ToString()").Single()!.ToString());
        Assert.Equal("NotFound", Run("Get-CdbStream user/mine").ErrorId);
    }

    [Fact]
    public void A_key_logs_its_device_in()
    {
        Connect();
        Assert.Equal("me/pi", Get("$key = (New-CdbDevice pi).ApiKey; (Connect-Cdb $Store -ApiKey $key).Identity.ToString()").Single()!.ToString());
    }

    [Fact]
    public void A_path_of_another_provider_is_no_file_and_none_is_made_of_it()
    {
        Get("$null = $ExecutionContext.SessionState.Path.SetLocation($Folder)");
        var result = Run("Connect-Cdb -Path variable:store");

        Assert.Equal("InvalidValue", result.ErrorId);
        Assert.Contains("'variable:store' is no file", result.Error.ToString());
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("$variableThatIsNotThere")]
    [InlineData("''")]
    [InlineData("([securestring]::new())")]
    public void A_key_that_is_empty_is_said_to_be(string key)
        => Assert.Contains("is empty", Run($"Connect-Cdb -Path $Store -ApiKey {key}").Error.ToString());

    [Fact]
    public void A_folder_is_no_store_and_the_error_says_what_to_give_instead()
    {
        var result = Run("Connect-Cdb $Folder");

        Assert.Equal("StoreUnreachable", result.ErrorId);
        Assert.Contains($"'{Folder}' is a folder", result.Error.ToString());
        Assert.Contains(Path.Combine(Folder, "store.cdb"), result.Error.ToString());
    }

    [Fact]
    public void A_wrong_key_is_refused_without_being_shown()
    {
        var error = Run("Connect-Cdb $Store -ApiKey very-secret").Error;

        Assert.StartsWith("AuthenticationFailed", error.FullyQualifiedErrorId);
        Assert.DoesNotContain("very-secret", error.ToString());
    }

    [Fact]
    public void Name_and_password_log_a_user_in()
    {
        Connect();
        Get("""
            $right = [pscredential]::new('bob', [Net.NetworkCredential]::new('', 'correct horse').SecurePassword)
            $wrong = [pscredential]::new('bob', [Net.NetworkCredential]::new('', 'battery staple').SecurePassword)
            $null = New-CdbUser -Credential $right -Email bob@example.org
            """);

        Assert.Equal("bob/user", Get("(Connect-Cdb $Store -Credential $right).Identity.ToString()").Single()!.ToString());
        Assert.Equal("AuthenticationFailed", Run("Connect-Cdb $Store -Credential $wrong").ErrorId);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_and_left_as_it_is()
    {
        var file = Path.Combine(Folder, "notes.txt");
        File.WriteAllText(file, new string('x', 5000));

        Assert.Equal("StoreNotAStore", Run("Connect-Cdb $args[0]", file).ErrorId);
        Assert.Equal(new string('x', 5000), File.ReadAllText(file));
    }

    [Fact]
    public void The_newest_connection_that_is_open_is_the_default()
    {
        Get("$first = Connect-Cdb $Store; $second = Connect-Cdb \"$Folder/other.cdb\"");

        Assert.Equal(2, Get("Get-CdbConnection").Count);
        Assert.Equal(Path.Combine(Folder, "other.cdb"), Run("(Get-CdbInfo).Location").Single!.ToString());
        Assert.Equal(Store, Run("(Get-CdbInfo -Connection $first).Location").Single!.ToString());
        Assert.Equal(Store, Run("Disconnect-Cdb; (Get-CdbInfo).Location").Single!.ToString());
        Get("Get-CdbConnection | Disconnect-Cdb");
        Assert.Empty(Get("Get-CdbConnection"));
        Assert.Equal("NotConnected", Run("Get-CdbInfo").ErrorId);
        Assert.Equal("StoreClosed", Run("Get-CdbInfo -Connection $first").ErrorId);
    }

    [Fact]
    public void Runspaces_do_not_share_their_default()
    {
        Connect();
        using var other = NewSession();

        Assert.Equal("NotConnected", other.Run("Get-CdbInfo").ErrorId);
        Assert.Empty(other.Get("Get-CdbConnection"));
    }

    [Fact]
    public void Removing_the_module_closes_what_it_opened()
    {
        Get("$connection = Connect-Cdb $Store; Remove-Module ConnectorDb");

        Assert.Equal("False", Get("$connection.IsOpen").Single()!.ToString());
    }

    [Fact]
    public void The_module_works_when_it_is_imported_again()
    {
        Get("$null = Connect-Cdb $Store; New-CdbStream a; $path = (Get-Module ConnectorDb).Path; Remove-Module ConnectorDb; Import-Module $path");

        Assert.Equal("me/user/a", Get("$null = Connect-Cdb $Store; Get-CdbStream | ForEach-Object { $_.Path.ToString() }").Single()!.ToString());
    }
}
