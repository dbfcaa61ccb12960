using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Tests if users, devices or streams exist and are visible.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbItem")]
[OutputType(typeof(bool))]
public sealed class TestCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("FullName")]
    [NodeArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The kind of node that the path names; null for any.</summary>
    [Parameter]
    [GivenArgument]
    public CdbPathKind Kind { get; set; }

    protected override void Process() => ForEach(Path, path => WriteObject(Exists(path)));

    private bool Exists(string text)
    {
        CdbPathKind[] kinds = IfGiven(Kind) is { } kind ? [kind] : [CdbPathKind.Stream, CdbPathKind.Device, CdbPathKind.User];
        return kinds.Any(each => Exists(text, each));
    }

    private bool Exists(string text, CdbPathKind kind)
    {
        try
        {
            return WildcardSearch.HasWildcard(text)
                ? new TreeSearch(Client, Cancellation).Paths(text, kind).Length > 0
                : Await.Result(Client.ExistsAsync(Resolve(text, kind), Cancellation));
        }
        catch (CdbException error) when (error is InvalidNameException or NotFoundException)
        {
            // An invalid name names nothing, and a missing owner has nothing, so the result is false instead of an error.
            return false;
        }
    }
}
