using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class ReimportTests : ModuleTest
{
    [Fact]
    public void A_module_that_was_removed_works_again_after_another_import()
    {
        Connect();
        Get("$null = New-CdbStream kept; Add-CdbDatapoint kept 1");

        Get("Remove-Module ConnectorDb");
        Assert.Equal("CommandNotFoundException", Run("Connect-Cdb").ErrorId);

        Get("Import-Module $args[0]", Repository.Manifest);
        Connect();
        Assert.Equal([1], Run("(Get-CdbDatapoint kept).Data").As<int>());
    }

    [Fact]
    public void Removing_the_module_closes_its_connections()
    {
        Connect();
        Get("$connection = Get-CdbConnection; Remove-Module ConnectorDb");

        Assert.Equal([false], Run("$connection.IsOpen").As<bool>());
    }

    [Fact]
    public void Importing_the_module_once_more_by_force_keeps_what_was_stored()
    {
        Connect();
        Get("$null = New-CdbStream kept; Add-CdbDatapoint kept 1");

        Get("Import-Module $args[0] -Force", Repository.Manifest);
        Connect();

        Assert.Equal([1], Run("(Get-CdbDatapoint kept).Data").As<int>());
    }
}
