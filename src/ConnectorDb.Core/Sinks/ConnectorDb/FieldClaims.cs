using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>
/// Refuses fields and channels whose stream holds another one. The description of a stream names the field that it was created for, so the
/// decision is the same after a restart.
/// </summary>
internal sealed class FieldClaims
{
    private readonly StreamOwners _owners = new();
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Sets the fault of the parts whose stream belongs to another field or channel.</summary>
    public async ValueTask<IReadOnlyList<StreamPart>> ClaimAsync(ICdbClient client, IReadOnlyList<StreamPart> parts, CancellationToken cancellation)
    {
        List<StreamPart> claimed = [];
        foreach (StreamPart part in parts)
        {
            if (part.Field is { IsAmbiguous: true } && !_asked.Contains(part.Name))
            {
                await AskAsync(client, part, cancellation).ConfigureAwait(false);
                _asked.Add(part.Name);
            }

            claimed.Add(part with { Fault = _owners.Claim(part.Name, part.Field?.ToString() ?? $"'{part.Name}'") });
        }

        return claimed;
    }

    /// <summary>Finds the field that an existing stream was created for.</summary>
    private async ValueTask AskAsync(ICdbClient client, StreamPart part, CancellationToken cancellation)
    {
        CdbPath path = part.TargetFor(client.Identity).ToStream();
        if (await client.ExistsAsync(path, cancellation).ConfigureAwait(false)
            && FieldName.OwnerIn((await client.GetStreamAsync(path, cancellation).ConfigureAwait(false)).Description) is { } owner)
        {
            _owners.Claim(part.Name, owner);
        }
    }
}
