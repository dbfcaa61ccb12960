using System.Management.Automation;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Parameters that take names of existing objects accept wildcards.</summary>
public sealed class WildcardConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    /// <summary>Parameters that complete names and take no wildcards.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["Add-CdbLoggerStream -Stream"] = "the streams of a logger need not exist",
        ["Import-CdbCsv -Stream"] = "each column has one stream",
        ["Invoke-CdbDataset -Column"] = "a name in a hashtable belongs to one column; a list is (Get-CdbStream x*)",
        ["Invoke-CdbDataset -X"] = "a query has one stream; a list is (Get-CdbStream x*)",
        ["New-CdbDevice -Device"] = "the name of a new device",
        ["New-CdbStream -Stream"] = "the name of a new stream",
    };

    private static readonly string[] s_names = ["NodeCompleter", "UserCompleter", "DeviceCompleter", "StreamCompleter", "PollItemCompleter"];

    [Fact]
    public void Lists_of_names_take_wildcards()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where parameter.ParameterType.IsArray && !s_exceptions.ContainsKey($"{cmdlet.Name} -{parameter.Name}")
            where parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any(completer => s_names.Contains(completer.Type?.Name))
            where !parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()
            select $"{cmdlet.Name} -{parameter.Name}: it needs wildcards and [SupportsWildcards], or a line with the reason in s_exceptions");
}
