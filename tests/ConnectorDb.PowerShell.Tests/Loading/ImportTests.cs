using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class ImportTests : ModuleTest
{
    private const string LoadedAssemblies = "[AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetName().Name }";

    private const string ResolvingHandlers = """
        $field = [System.Runtime.Loader.AssemblyLoadContext].GetField('_resolving', 'NonPublic, Instance')
        @($field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default).GetInvocationList().Where{ $_.Method.Module.Assembly.GetName().Name -like 'ConnectorDb*' }).Count
        """;

    [Fact]
    public void Importing_the_module_loads_neither_the_engine_nor_SQLite()
    {
        var loaded = Pwsh.RunWithModule(LoadedAssemblies).Lines;

        Assert.Contains("ConnectorDb.PowerShell", loaded);
        Assert.DoesNotContain(loaded, name => name == "ConnectorDb.Core" || name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Importing_the_module_adds_one_handler()
    {
        Assert.Equal(["1"], Pwsh.RunWithModule(ResolvingHandlers).Lines);
    }

    [Fact]
    public void Removing_the_module_removes_its_handler()
    {
        var exit = Pwsh.RunWithModule("$module = Get-Module ConnectorDb; Remove-Module ConnectorDb; " +
            "$field = [System.Runtime.Loader.AssemblyLoadContext].GetField('_resolving', 'NonPublic, Instance'); " +
            "@($field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default).Where{ $_ }).ForEach{ $_.GetInvocationList() }.Where{ $_.Method.Module.Assembly.GetName().Name -like 'ConnectorDb*' }.Count");

        Assert.Equal(["0"], exit.Lines);
    }

    [Fact]
    public void Every_exported_command_exists()
    {
        var promised = Run("(Test-ModuleManifest $args[0]).ExportedCommands.Keys", Repository.Manifest).As<string>().Order();
        var there = Run("(Get-Command -Module ConnectorDb).Name").As<string>().Order();

        Assert.NotEmpty(promised);
        Assert.Equal(promised, there);
    }

    [Theory]
    [InlineData("ConnectorDb.Datapoint")]
    [InlineData("ConnectorDb.CdbPath")]
    [InlineData("ConnectorDb.CdbStream")]
    public void A_type_of_the_model_can_be_named_in_a_script(string type)
    {
        Assert.Equal(type, Assert.Single(Run($"[{type}].FullName").As<string>()));
    }
}
