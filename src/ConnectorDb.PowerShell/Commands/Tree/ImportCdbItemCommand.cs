using System.Management.Automation;
using System.Security;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Makes the users, device or stream that lie in a folder anew, with their datapoints.</summary>
[Cmdlet(VerbsData.Import, "CdbItem", SupportsShouldProcess = true)]
[OutputType(typeof(CdbUser), typeof(CdbDevice), typeof(CdbStream))]
public sealed class ImportCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The user of a device, the device of a stream; one's own when it is not given.</summary>
    [Parameter]
    [ItemArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemCompleter))]
    public string? Parent { get; set; }

    [Parameter]
    public SecureString? Password { get; set; }

    [Parameter]
    public SwitchParameter Merge { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Process()
    {
        foreach (string path in Path)
        {
            Try(
                () =>
                {
                    foreach (ImportItem item in ImportFolder.Read(FilePath(path)))
                    {
                        Try(() => Import(item, TargetOf(item)));
                    }
                },
                path);
        }
    }

    private CdbPath TargetOf(ImportItem item) => item.Kind switch
    {
        CdbPathKind.User => Parent is null
            ? CdbPath.ForUser(item.Name)
            : throw new InvalidNameException($"'{item.Folder}' holds a user, and a user lies below nothing. Leave out -Parent.", Parent),
        CdbPathKind.Device => (Parent is null ? CdbPath.ForUser(Client.Identity.User) : Resolve(Parent, CdbPathKind.User)).Child(item.Name),
        _ => (Parent is null ? Client.Identity : Resolve(Parent, CdbPathKind.Device)).Child(item.Name),
    };

    private void Import(ImportItem item, CdbPath target)
    {
        Import import = new(Client, item, target, new ImportOptions
        {
            Password = Password is null ? null : Secret.Reveal(Password),
            WithKeys = !NoApiKey,
            Merge = Merge,
        });
        Answer.Of(import.CheckAsync(Cancellation));
        if (ShouldProcess(target.ToString(), $"Import {Contents(item)} from '{item.Folder}'"))
        {
            Run(import, target);
            WriteObject(Made(target));
        }
    }

    private void Run(Import import, CdbPath target)
    {
        ProgressReport progress = new(this, $"Importing {target}");
        try
        {
            foreach (ExchangeStep step in Answer.Each(import.RunAsync(Cancellation)))
            {
                progress.Reach(step.Points, $"datapoints, now {step.Path}", step.Share);
            }

            progress.Complete();
            foreach (string note in import.Notes)
            {
                Warn(note);
            }
        }
        finally
        {
            foreach ((CdbPath path, string reason) in import.Left)
            {
                Warn($"'{path}' was made by the unfinished import and could not be removed again: {reason} Remove it with Remove-Cdb{path.Kind} {path}.");
            }
        }
    }

    private object Made(CdbPath path) => path.Kind switch
    {
        CdbPathKind.User => Answer.Of(Client.GetUserAsync(path, Cancellation)),
        CdbPathKind.Device => Answer.Of(Client.GetDeviceAsync(path, Cancellation)),
        _ => Answer.Of(Client.GetStreamAsync(path, Cancellation)),
    };

    private static string Contents(ImportItem item) => item switch
    {
        ImportUser user => $"the user with {user.Devices.Count} devices and {user.Devices.Sum(device => device.Streams.Count)} streams",
        ImportDevice device => $"the device with {device.Streams.Count} streams",
        _ => "the stream",
    };
}
