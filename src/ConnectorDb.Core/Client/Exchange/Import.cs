using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>
/// Makes what lies in a folder anew in a database: all of it, or nothing. Devices come first, so that each datapoint of a downlink can
/// be written by the device that wrote it.
/// </summary>
/// <param name="target">The path that it gets.</param>
public sealed class Import(ICdbClient client, ImportItem item, CdbPath target, ImportOptions options)
{
    private readonly Stack<CdbPath> _made = new();
    private readonly List<(CdbPath Path, string Reason)> _left = [];
    private readonly List<string> _notes = [];

    /// <summary>What was made by an import that failed, and could not be removed again, and why.</summary>
    public IReadOnlyList<(CdbPath Path, string Reason)> Left => _left;

    /// <summary>What one should know about what was imported.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Looks whether it can be begun.</summary>
    /// <exception cref="NameTakenException">It is there already.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        if (!options.Merge && await client.ExistsAsync(target, cancellation).ConfigureAwait(false))
        {
            throw new NameTakenException($"'{target}' is there already. Remove it first, or use -Merge to add to it what it lacks.", target);
        }
    }

    /// <summary>Does the work, step by step; who does not take the last step leaves nothing behind.</summary>
    /// <exception cref="InvalidExportException">A file is damaged; the message says where.</exception>
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
                if (await IsThereAsync(path, cancellation).ConfigureAwait(false))
                {
                    _notes.Add($"The stream '{path}' is there already and stays as it is; nothing was added to it.");
                    continue;
                }

                await foreach (ExchangeStep step in data.FillAsync(stream, path, () => Made(path), cancellation).ConfigureAwait(false))
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

    /// <summary>Makes the user and the devices, without streams.</summary>
    /// <returns>The streams that they are to get.</returns>
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

        await client.CreateUserAsync(target, WithPassword(user.Definition, options.Password), cancellation).ConfigureAwait(false);
        _made.Push(target);
        if (options.Password is null)
        {
            _notes.Add($"The user '{target}' has no password, as exports hold none. Set-CdbUser {target} -Password gives it one.");
        }

        return true;
    }

    /// <param name="isUserNew">Its user was just made, and has no devices but the automatic ones.</param>
    private async ValueTask MakeAsync(ImportDevice device, CdbPath path, bool isUserNew, CancellationToken cancellation)
    {
        DeviceDefinition definition = Definition(device.Definition, options.WithKeys);
        if (isUserNew && path.Device == CdbEngine.UserDevice)
        {
            await client.UpdateDeviceAsync(path, definition, cancellation).ConfigureAwait(false);
        }
        else if (isUserNew || !await IsThereAsync(path, cancellation).ConfigureAwait(false))
        {
            await client.CreateDeviceAsync(path, definition, cancellation).ConfigureAwait(false);
            Made(path);
        }
    }

    private async ValueTask<bool> IsThereAsync(CdbPath path, CancellationToken cancellation)
        => options.Merge && await client.ExistsAsync(path, cancellation).ConfigureAwait(false);

    /// <summary>Remembers what to remove again if the import fails; what lies below goes with its owner.</summary>
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

    private static UserDefinition WithPassword(UserDefinition user, string? password) => new()
    {
        Nickname = user.Nickname,
        Email = user.Email,
        Password = password,
        Description = user.Description,
        Icon = user.Icon,
        Role = user.Role,
        Public = user.Public,
    };

    /// <summary>What is so anyhow is left out, as not everybody may say it.</summary>
    private static DeviceDefinition Definition(DeviceDefinition device, bool withKey) => new()
    {
        Nickname = device.Nickname,
        Description = device.Description,
        Icon = device.Icon,
        ApiKey = withKey ? device.ApiKey : null,
        Role = device.Role,
        Enabled = device.Enabled,
        Public = device.Public,
        Visible = device.Visible,
        UserEditable = device.UserEditable is true ? null : device.UserEditable,
    };
}
