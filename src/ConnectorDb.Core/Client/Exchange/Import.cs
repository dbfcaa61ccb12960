using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Imports a folder into a database, all or nothing.</summary>
/// <remarks>Devices are created first, so that each datapoint of a downlink can be written by its original device.</remarks>
/// <param name="target">The path of the imported node.</param>
public sealed class Import(ICdbClient client, ImportItem item, CdbPath target, ImportOptions options)
{
    private readonly Stack<CdbPath> _made = new();
    private readonly List<(CdbPath Path, string Reason)> _left = [];
    private readonly List<string> _notes = [];

    /// <summary>Nodes that a failed import created and could not remove, with the reasons.</summary>
    public IReadOnlyList<(CdbPath Path, string Reason)> Left => _left;

    /// <summary>Remarks about the imported data.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Checks that the import can start.</summary>
    /// <exception cref="NameTakenException">The target exists.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        if (!options.Merge && await client.ExistsAsync(target, cancellation).ConfigureAwait(false) && !await IsUnfinishedAsync(target, cancellation).ConfigureAwait(false))
        {
            throw new NameTakenException($"'{target}' already exists. Remove it first, or use -Merge to add what is missing.", target);
        }
    }

    /// <summary>Imports step by step; an enumeration that is not completed is undone.</summary>
    /// <exception cref="InvalidExportException">A file is damaged; the message names the position.</exception>
    public async IAsyncEnumerable<ExchangeStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        bool isDone = false;
        Writers writers = new(client);
        try
        {
            await CheckAsync(cancellation).ConfigureAwait(false);
            ImportData data = new(client, writers, item.Bytes, _notes);
            foreach ((ImportStream stream, CdbPath path) in await MakeOwnersAsync(cancellation).ConfigureAwait(false))
            {
                bool isThere = (options.Merge || path == target) && await client.ExistsAsync(path, cancellation).ConfigureAwait(false);
                if (isThere && !await IsUnfinishedAsync(path, cancellation).ConfigureAwait(false))
                {
                    _notes.Add($"The stream '{path}' already exists and was not changed.");
                    continue;
                }

                await foreach (ExchangeStep step in (isThere ? data.CompleteAsync(stream, path, cancellation) : data.FillAsync(stream, path, () => Made(path), cancellation)).ConfigureAwait(false))
                {
                    yield return step;
                    cancellation.ThrowIfCancellationRequested();
                }
            }

            isDone = true;
        }
        finally
        {
            await writers.DisposeAsync().ConfigureAwait(false);
            if (!isDone)
            {
                await UndoAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Creates the user and the devices, without streams.</summary>
    /// <returns>The streams to import.</returns>
    private async ValueTask<IEnumerable<(ImportStream Stream, CdbPath Path)>> MakeOwnersAsync(CancellationToken cancellation)
    {
        switch (item)
        {
            case ImportUser user:
                bool isNew = await MakeAsync(user, cancellation).ConfigureAwait(false);
                foreach (ImportDevice device in user.Devices)
                {
                    await MakeAsync(device, target.Child(device.Name), isNew, cancellation).ConfigureAwait(false);
                }

                return user.Devices.SelectMany(device => device.Streams.Select(stream => (stream, target.Child(device.Name).Child(stream.Name))));
            case ImportDevice device:
                await MakeAsync(device, target, false, cancellation).ConfigureAwait(false);
                return device.Streams.Select(stream => (stream, target.Child(stream.Name)));
            default:
                return [((ImportStream)item, target)];
        }
    }

    private async ValueTask<bool> MakeAsync(ImportUser user, CancellationToken cancellation)
    {
        if (await IsThereAsync(target, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        await client.CreateUserAsync(target, user.Definition with { Password = options.Password }, cancellation).ConfigureAwait(false);
        _made.Push(target);
        if (options.Password is null)
        {
            _notes.Add($"The user '{target}' has no password, because exports do not contain any. Set one: Set-CdbUser {target} -Password (Read-Host -AsSecureString)");
        }

        return true;
    }

    /// <param name="isUserNew">The user was created by this import and has only its automatic devices.</param>
    private async ValueTask MakeAsync(ImportDevice device, CdbPath path, bool isUserNew, CancellationToken cancellation)
    {
        bool isAutomatic = isUserNew && path.Device == CdbEngine.UserDevice;
        if (!isAutomatic && !isUserNew && await IsThereAsync(path, cancellation).ConfigureAwait(false))
        {
            return;
        }

        DeviceDefinition definition = await VisibleAsync(Definition(device.Definition, options.WithKeys), path, cancellation).ConfigureAwait(false);
        try
        {
            if (isAutomatic)
            {
                await client.UpdateDeviceAsync(path, definition, cancellation).ConfigureAwait(false);
            }
            else
            {
                await client.CreateDeviceAsync(path, definition, cancellation).ConfigureAwait(false);
                Made(path);
            }
        }
        catch (NameTakenException) when (definition.ApiKey is not null)
        {
            if (!isAutomatic && await client.ExistsAsync(path, cancellation).ConfigureAwait(false))
            {
                throw;
            }

            string parent = target.Parent is { } owner ? $" -Parent {owner}" : "";
            throw new NameTakenException($"The device '{path}' cannot have the API key of the export here; the exported device itself may still have it. Import it with a new key: Import-CdbItem '{item.Folder.Replace("'", "''", StringComparison.Ordinal)}'{parent} -NoApiKey", path);
        }
    }

    /// <summary>The definition without <c>public</c> if the user of the device is hidden. Other servers allow both.</summary>
    private async ValueTask<DeviceDefinition> VisibleAsync(DeviceDefinition definition, CdbPath path, CancellationToken cancellation)
    {
        if (definition.Public is not true || await client.GetUserAsync(path.Parent!, cancellation).ConfigureAwait(false) is not { Public: false, Role: not "admin" } user)
        {
            return definition;
        }

        _notes.Add($"The device '{path}' was public, which a device of a hidden user cannot be. It is hidden now; the user '{user.Path}' can be made public with Set-CdbUser, and then the device with Set-CdbDevice.");
        return definition with { Public = null };
    }

    /// <summary>True for a stream that an import left when it was killed.</summary>
    private async ValueTask<bool> IsUnfinishedAsync(CdbPath path, CancellationToken cancellation)
        => path.Kind == CdbPathKind.Stream && await ImportData.IsUnfinishedAsync(client, path, cancellation).ConfigureAwait(false);

    private async ValueTask<bool> IsThereAsync(CdbPath path, CancellationToken cancellation)
        => options.Merge && await client.ExistsAsync(path, cancellation).ConfigureAwait(false);

    /// <summary>Records a created node, to be removed if the import fails; nodes below it are removed with it.</summary>
    private void Made(CdbPath path)
    {
        if (!_made.Any(above => above == path.Parent || above == path.Parent?.Parent))
        {
            _made.Push(path);
        }
    }

    private async ValueTask UndoAsync()
    {
        while (_made.TryPop(out CdbPath? path))
        {
            try
            {
                await client.DeleteAsync(path, CancellationToken.None).ConfigureAwait(false);
            }
            catch (CdbException error)
            {
                _left.Add((path, error.Message));
            }
        }
    }

    /// <summary>Omits fields that have their default value, because setting them may not be allowed.</summary>
    private static DeviceDefinition Definition(DeviceDefinition device, bool withKey) => device with
    {
        ApiKey = withKey ? device.ApiKey : null,
        UserEditable = device.UserEditable is true ? null : device.UserEditable,
        Streams = null,
    };
}
