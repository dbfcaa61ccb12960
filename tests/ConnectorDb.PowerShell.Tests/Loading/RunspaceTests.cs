using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class RunspaceTests : ModuleTest
{
    [Fact]
    public void Each_runspace_has_its_own_default_connection()
    {
        using var other = NewSession();
        Connect();
        other.Get("$null = Connect-Cdb -Path $Folder/other.cdb");
        Get("$null = New-CdbStream here");
        other.Get("$null = New-CdbStream there");

        Assert.Equal([true, false], Run("'me/user/here', 'me/user/there' | Test-CdbItem").As<bool>());
        Assert.Equal([false, true], other.Run("'me/user/here', 'me/user/there' | Test-CdbItem").As<bool>());
    }

    [Fact]
    public void Without_a_connection_the_error_names_Connect_Cdb()
    {
        using var other = NewSession();
        Connect();

        var result = other.Run("Get-CdbStream");

        Assert.Equal("NotConnected", result.ErrorId);
        Assert.Contains("Connect-Cdb", result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_the_module_in_one_runspace_leaves_the_other_connected()
    {
        using var other = NewSession();
        Connect();
        other.Get("$null = Connect-Cdb -Path $Store");

        other.Get("Remove-Module ConnectorDb");

        Assert.Equal([true], Run("Test-CdbConnection -Quiet").As<bool>());
        Get("$null = New-CdbStream kept");
    }
}
