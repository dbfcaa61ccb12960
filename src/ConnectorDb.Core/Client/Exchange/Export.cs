using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Writes a user, device or stream to a folder, in version 1 of the format of the Python client.</summary>
/// <remarks>The folder appears when it is complete, or not at all.</remarks>
/// <param name="folder">The folder to create; several users can share one.</param>
/// <param name="withKeys">Includes the API keys of devices.</param>
public sealed class Export(ICdbClient client, CdbPath item, string folder, bool withKeys)
{
    private readonly string _folder = Path.TrimEndingDirectorySeparator(folder);
    private readonly List<CdbPath> _keyless = [];
    private long _written;
    private long _total;

    /// <summary>The unfinished folder that could not be removed; null when there is none.</summary>
    public string? Left { get; private set; }

    /// <summary>Devices without an API key in the export, because the login may not read it.</summary>
    public IReadOnlyList<CdbPath> Keyless => _keyless;

    /// <summary>Exports step by step; an enumeration that is not completed leaves no folder.</summary>
    /// <exception cref="NameTakenException">The folder already exists.</exception>
    /// <exception cref="FileAccessException">The folder cannot be written.</exception>
    /// <exception cref="InvalidExportException">The folder is not an export of users.</exception>
    public async IAsyncEnumerable<ExchangeStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        bool isTree = item.Kind == CdbPathKind.User;
        (bool isShared, string userFolder, string made) = Place();
        UnfinishedFolder unfinished = new(made);
        try
        {
            string place = isTree && !isShared ? Path.Combine(unfinished.Path, userFolder) : unfinished.Path;
            await foreach (ExchangeStep step in WriteAsync(place, cancellation).ConfigureAwait(false))
            {
                yield return step;
                cancellation.ThrowIfCancellationRequested();
            }

            if (isTree && !isShared)
            {
                ExportInfo.Write(unfinished.Path, await client.PingAsync(cancellation).ConfigureAwait(false));
            }

            unfinished.Finish();
        }
        finally
        {
            unfinished.Dispose();
            Left = unfinished.IsLeft ? unfinished.Path : null;
        }
    }

    /// <summary>Checks that the folder can be made, without making it.</summary>
    /// <exception cref="NameTakenException">The folder already exists.</exception>
    /// <exception cref="InvalidExportException">The folder is not an export of users.</exception>
    public void Check() => UnfinishedFolder.DemandFree(Place().Made);

    /// <summary>The folder to make; a user goes to the folder of other users, if there is one.</summary>
    private (bool IsShared, string UserFolder, string Made) Place()
    {
        if (item.Kind != CdbPathKind.User || !Path.Exists(_folder))
        {
            return (false, new FolderNames([item.Name])[item.Name], _folder);
        }

        ExportInfo.CheckToAdd(_folder);
        string folder = FolderAmongUsers();
        return (true, folder, Path.Combine(_folder, folder));
    }

    /// <summary>Checks that the user was not exported before: an earlier export has the name itself when its siblings came later.</summary>
    private string FolderAmongUsers()
    {
        string[] there = [.. PrivateFiles.Try(_folder, "read", () => Directory.GetDirectories(_folder)).Select(folder => Path.GetFileName(folder)!)];
        return there.Contains(item.Name, StringComparer.Ordinal) ? item.Name : new FolderNames([.. there, item.Name])[item.Name];
    }

    private IAsyncEnumerable<ExchangeStep> WriteAsync(string place, CancellationToken cancellation) => item.Kind switch
    {
        CdbPathKind.User => WriteUserAsync(place, cancellation),
        CdbPathKind.Device => WriteDeviceAsync(place, cancellation),
        _ => WriteStreamAsync(place, cancellation),
    };

    private async IAsyncEnumerable<ExchangeStep> WriteUserAsync(string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CdbUser user = await client.GetUserAsync(item, cancellation).ConfigureAwait(false);
        IReadOnlyList<ExportedDevice> devices = await ExportTree.OfUserAsync(client, item, cancellation).ConfigureAwait(false);
        _total = await ExportTree.CountAsync(client, devices.SelectMany(device => device.Streams), cancellation).ConfigureAwait(false);
        PrivateFiles.CreateFolder(place);
        FolderNames names = new(devices.Select(device => device.Device.Name));
        foreach (ExportedDevice device in devices)
        {
            await foreach (ExchangeStep step in WriteAsync(device, Path.Combine(place, names[device.Device.Name]), cancellation).ConfigureAwait(false))
            {
                yield return step;
            }
        }

        JsonFile.Write(Path.Combine(place, ExportNames.User), writer => UserJson.Write(writer, user));
    }

    private async IAsyncEnumerable<ExchangeStep> WriteDeviceAsync(string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CdbDevice found = await client.GetDeviceAsync(item, cancellation).ConfigureAwait(false);
        ExportedDevice device = await ExportTree.OfDeviceAsync(client, found, cancellation).ConfigureAwait(false);
        _total = await ExportTree.CountAsync(client, device.Streams, cancellation).ConfigureAwait(false);
        await foreach (ExchangeStep step in WriteAsync(device, place, cancellation).ConfigureAwait(false))
        {
            yield return step;
        }
    }

    private async IAsyncEnumerable<ExchangeStep> WriteStreamAsync(string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CdbStream stream = await client.GetStreamAsync(item, cancellation).ConfigureAwait(false);
        _total = await ExportTree.CountAsync(client, [stream], cancellation).ConfigureAwait(false);
        await foreach (ExchangeStep step in WriteAsync(stream, place, cancellation).ConfigureAwait(false))
        {
            yield return step;
        }
    }

    private async IAsyncEnumerable<ExchangeStep> WriteAsync(ExportedDevice exported, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CdbDevice device = exported.Device;
        PrivateFiles.CreateFolder(place);
        FolderNames names = new(exported.Streams.Select(stream => stream.Name));
        foreach (CdbStream stream in exported.Streams)
        {
            await foreach (ExchangeStep step in WriteAsync(stream, Path.Combine(place, names[stream.Name]), cancellation).ConfigureAwait(false))
            {
                yield return step;
            }
        }

        if (withKeys && device.ApiKey is null && device.Name != CdbEngine.MetaDevice)
        {
            _keyless.Add(device.GetPath());
        }

        JsonFile.Write(Path.Combine(place, ExportNames.Device), writer => DeviceJson.Write(writer, device, withKeys));
    }

    private async IAsyncEnumerable<ExchangeStep> WriteAsync(CdbStream stream, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(place);
        (CdbPath Path, string File)[] parts = stream.Downlink
            ? [(stream.GetPath(), ExportNames.Data), (stream.GetPath().ToDownlink(), ExportNames.Downlink)]
            : [(stream.GetPath(), ExportNames.Data)];
        foreach ((CdbPath path, string name) in parts)
        {
            using DatapointFile file = new(Path.Combine(place, name));
            await foreach (Block block in client.ReadAsync(new DataQuery(path), cancellation).ConfigureAwait(false))
            {
                file.Write(block);
                _written += block.Count;
                yield return new ExchangeStep(stream.GetPath(), _written, Math.Min(1, (double)_written / Math.Max(1, _total)));
            }

            file.Finish();
        }

        JsonFile.Write(Path.Combine(place, ExportNames.Stream), writer => StreamJson.Write(writer, stream));
    }
}
