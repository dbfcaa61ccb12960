using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Answers whether users, devices or streams exist, for the one who asks.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbItem")]
[OutputType(typeof(bool))]
public sealed class TestCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ItemArgument]
    [ArgumentCompleter(typeof(ItemCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>What the path names. Without it, it may be anything: a whole path, or one's own stream or device.</summary>
    [Parameter]
    public CdbPathKind? Kind { get; set; }

    protected override void Process()
    {
        foreach (string path in Path)
        {
            Try(() => WriteObject(Exists(path)), path);
        }
    }

    private bool Exists(string text)
    {
        CdbPathKind[] kinds = Kind is { } kind ? [kind] : [CdbPathKind.Stream, CdbPathKind.Device, CdbPathKind.User];
        return kinds.Any(meant => Exists(text, meant));
    }

    private bool Exists(string text, CdbPathKind kind)
    {
        try
        {
            return Answer.Of(Client.ExistsAsync(Resolve(text, kind), Cancellation));
        }
        catch (InvalidNameException)
        {
            // What cannot be a name is the name of nothing.
            return false;
        }
    }
}
