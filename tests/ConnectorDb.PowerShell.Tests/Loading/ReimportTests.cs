using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class ReimportTests : ModuleTest
{
    [Fact]
    public void A_removed_module_works_after_another_import()
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
    public void A_forced_import_keeps_stored_data()
    {
        Connect();
        Get("$null = New-CdbStream kept; Add-CdbDatapoint kept 1");

        Get("Import-Module $args[0] -Force", Repository.Manifest);
        Connect();

        Assert.Equal([1], Run("(Get-CdbDatapoint kept).Data").As<int>());
    }
}
