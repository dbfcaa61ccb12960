using System.Collections;
using System.Management.Automation;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Exports users, devices or streams, with their datapoints, to a folder.</summary>
[Cmdlet(VerbsData.Export, "CdbItem", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportCdbItemCommand : ConnectedCdbCmdlet
{
    private const string PathSet = "Path";
    private const string InputSet = "InputObject";
    private readonly List<(CdbPath Path, string Folder)> _found = [];
    private string? _folder;

    /// <summary>With objects of the pipeline, the argument of this position is the folder.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = InputSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("FullName")]
    [NodeArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public string[] Path { get; set => field = OfSet(value); } = [];

    /// <summary>Users, devices and streams, or their paths.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [NodeArgument]
    [NonNull]
    public object? InputObject { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = InputSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Destination { get; set => field = OfSet(value); }

    /// <summary>The kind of node that the path names; null for any.</summary>
    [Parameter]
    [GivenArgument]
    public CdbPathKind Kind { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Begin()
    {
        base.Begin();
        bool isInput = Given(nameof(InputObject));
        if ((isInput || MyInvocation.ExpectingInput) && Given(nameof(Path)))
        {
            _folder = Path is [var folder] && Destination is null ? folder
                : throw new InvalidValueException($"{(isInput ? "-InputObject" : "The pipeline")} has the items, so there are no others beside it. Give the folder alone: {(isInput ? "Export-CdbItem -InputObject (Get-CdbStream)" : "Get-CdbStream | Export-CdbItem")} ./backup.", Path);
        }
    }

    protected override void Process()
    {
        IEnumerable<string> typed = ParameterSetName == PathSet || (_folder is null && Path.Length > 0) ? Path : NamesOf(PowerShellObject.UnwrapUnlessCustom(InputObject));
        string folder = _folder ?? Destination ?? throw new InvalidValueException("The folder is missing. Give it as an argument: Get-CdbStream | Export-CdbItem ./backup.", InputObject);
        string place = Demand(() => OtherFileName.DemandFolder(FilePath(folder)), folder);
        ForEach(typed, name =>
        {
            CdbPath[] found = NodeLookup.Find(Client, name, IfGiven(Kind), Cancellation);
            if (found.Length == 0)
            {
                ReportNoMatch("user, device or stream", name, "Get-CdbStream -Recurse");
            }

            _found.AddRange(found.Select(path => (path, place)));
        });
    }

    /// <summary>Exports the items of each folder: one item and several users to the folder itself, others to folders in it.</summary>
    protected override void End()
    {
        foreach (IGrouping<string, CdbPath> group in _found.Distinct().GroupBy(each => each.Folder, each => each.Path))
        {
            CdbPath[] items = [.. group];
            if (items.Length == 1 || Array.TrueForAll(items, item => item.Kind == CdbPathKind.User))
            {
                ForEach(items, item => Export(item, group.Key));
                continue;
            }

            Try(() =>
            {
                ExportFolder folder = new(group.Key, items);
                ForEach(items, item => Export(item, folder.Of(item)));
            });
        }
    }

    private static IEnumerable<string> NamesOf(object? given) => given switch
    {
        IList many => many.Cast<object?>().SelectMany(each => NamesOf(PowerShellObject.UnwrapUnlessCustom(each))),
        PSObject custom when QueryArgument.PathOf(custom) is { } path => [path],
        _ => [$"{given}"],
    };

    private void Export(CdbPath path, string folder)
    {
        Export export = new(Client, path, folder, !NoApiKey);
        if (ShouldProcess(path.ToString(), $"Export to '{folder}'", () => Check(path, export)))
        {
            Run(export, path);
            WriteFile(folder);
        }
    }

    private void Check(CdbPath path, Export export)
    {
        Find(path);
        export.Check();
    }

    private void Run(Export export, CdbPath path)
    {
        try
        {
            ExchangeProgress.Run(this, "Export", path, export.RunAsync(Cancellation));
            if (export.Keyless.Count > 0)
            {
                Warn($"You have no right to read the API keys of {string.Join(", ", export.Keyless)}. The export does not contain them, and an import will create new ones. Use -NoApiKey to export without keys on purpose.");
            }
        }
        finally
        {
            if (export.Left is { } left)
            {
                Warn($"The export did not finish, and its folder '{left}' could not be removed. Remove the folder.");
            }
        }
    }
}
