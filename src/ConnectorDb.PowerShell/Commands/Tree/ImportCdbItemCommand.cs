using System.Management.Automation;
using System.Security;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Imports the users, device or stream of an exported folder, with their datapoints.</summary>
[Cmdlet(VerbsData.Import, "CdbItem", SupportsShouldProcess = true)]
[OutputType(typeof(CdbUser), typeof(CdbDevice), typeof(CdbStream))]
public sealed class ImportCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The user of a device, or the device of a stream; the current one by default.</summary>
    [Parameter]
    [NodeArgument]
    [NonEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public string? Parent { get; set; }

    [Parameter]
    [NonNull]
    public SecureString? Password { get; set; }

    [Parameter]
    public SwitchParameter Merge { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Process()
    {
        ForEach(Path, path =>
        {
            foreach (ImportItem item in ImportFolder.Read(FilePath(path)))
            {
                Try(() => Import(item, TargetOf(item)));
            }
        });
    }

    private CdbPath TargetOf(ImportItem item) => item.Kind switch
    {
        CdbPathKind.User => Parent is null
            ? CdbPath.ForUser(item.Name)
            : throw new InvalidNameException($"'{item.Folder}' contains a user, and users have no parent. Omit -Parent.", Parent),
        CdbPathKind.Device => ((Parent ?? item.Owner) is { } user ? Resolve(user, CdbPathKind.User) : CdbPath.ForUser(Client.Identity.User)).Child(item.Name),
        _ => ((Parent ?? item.Owner) is { } device ? Resolve(device, CdbPathKind.Device) : Client.Identity).Child(item.Name),
    };

    private void Import(ImportItem item, CdbPath target)
    {
        Import import = new(Client, item, target, new ImportOptions
        {
            Password = Password is null ? null : Secret.Reveal(Password),
            WithKeys = !NoApiKey,
            Merge = Merge,
        });
        Await.Completion(import.CheckAsync(Cancellation));
        if (ShouldProcess(target.ToString(), $"Import {Contents(item)} from '{item.Folder}'"))
        {
            Run(import, target);
            WriteObject(Read(target));
        }
    }

    private void Run(Import import, CdbPath target)
    {
        try
        {
            ExchangeProgress.Run(this, "Import", target, import.RunAsync(Cancellation));
            foreach (string note in import.Notes)
            {
                Warn(note);
            }
        }
        finally
        {
            foreach ((CdbPath path, string reason) in import.Left)
            {
                Warn($"The import did not finish, and '{path}', which it created, could not be removed: {reason} Remove it with Remove-Cdb{path.Kind} {path}.");
            }
        }
    }

    private object Read(CdbPath path) => path.Kind switch
    {
        CdbPathKind.User => Await.Result(Client.GetUserAsync(path, Cancellation)),
        CdbPathKind.Device => Await.Result(Client.GetDeviceAsync(path, Cancellation)),
        _ => Await.Result(Client.GetStreamAsync(path, Cancellation)),
    };

    private static string Contents(ImportItem item) => item switch
    {
        ImportUser user => $"the user with {CountText.Of(user.Devices.Count, "device")} and {CountText.Of(user.Devices.Sum(device => device.Streams.Count), "stream")}",
        ImportDevice device => $"the device with {CountText.Of(device.Streams.Count, "stream")}",
        _ => "the stream",
    };
}
