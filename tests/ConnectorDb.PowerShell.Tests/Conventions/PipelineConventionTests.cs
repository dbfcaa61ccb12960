using System.Management.Automation;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Objects of the pipeline and rows of tables give the values of parameters by name.</summary>
public sealed class PipelineConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private static readonly string[] s_verbs = ["Add", "New", "Set"];

    /// <summary>Parameters that say where and how the cmdlet works: they are the same for all rows.</summary>
    private static readonly string[] s_forAllRows = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "Connection", "Force", "Logger", "PassThru", "Path", "Poller", "Replace"];

    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["Add-CdbDatapoint"] = "it reads the members of its objects itself: Timestamp, Data, Stream, or a member for each stream",
        ["New-CdbLogger"] = "a logger is a file with an open handle, of which a script has one or two",
        ["New-CdbSink"] = "the parameters of one kind exclude those of the others, and a table has a column for each",
        ["New-CdbUser -Credential"] = "a table has -User and -Password",
        ["Set-CdbLogger"] = "its object is the open logger, whose settings need not be sent back",
    };

    [Fact]
    public void Values_of_new_and_changed_objects_come_by_property_name()
        => Rule.Holds(
            from cmdlet in module.All
            where s_verbs.Contains(cmdlet.Verb) && !s_exceptions.ContainsKey(cmdlet.Name)
            from parameter in cmdlet.Parameters.Values
            where !s_forAllRows.Contains(parameter.Name) && !s_exceptions.ContainsKey($"{cmdlet.Name} -{parameter.Name}")
            where !parameter.ParameterSets.Values.All(set => set.ValueFromPipelineByPropertyName)
            select $"{cmdlet.Name} -{parameter.Name}: it needs ValueFromPipelineByPropertyName, or a line with the reason in s_exceptions");

    [Fact]
    public void Yes_or_no_values_take_the_text_of_a_table()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where parameter.ParameterType == typeof(bool) || parameter.ParameterType == typeof(SwitchParameter)
            where parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName)
            where !parameter.Attributes.Any(attribute => attribute.GetType().Name == "FlagArgumentAttribute")
            select $"{cmdlet.Name} -{parameter.Name}: PowerShell converts no text to a switch; it needs [FlagArgument]");
}
