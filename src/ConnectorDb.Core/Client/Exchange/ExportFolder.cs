namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A folder with the exports of several users, devices or streams: below the names of their owners, where these differ.</summary>
public sealed class ExportFolder
{
    private readonly string _folder;
    private readonly ILookup<CdbPath?, string> _siblings;

    /// <summary>The number of leading parts of the paths that are no folders: owners that all items have.</summary>
    private readonly int _shared;

    /// <exception cref="NameTakenException">The folder is an export itself, whose import would not find others in it.</exception>
    /// <exception cref="InvalidValueException">Two owners differ only in case, which not every system can store.</exception>
    public ExportFolder(string folder, IReadOnlyList<CdbPath> items)
    {
        if (ImportFolder.IsExport(folder))
        {
            throw new NameTakenException($"'{folder}' is already an export. Export to another folder, or remove this one first.", folder);
        }

        _folder = folder;
        _siblings = items.ToLookup(item => item.Parent, item => item.Name);
        CdbPath?[] owners = [.. items.Select(item => item.Parent).Distinct()];
        _shared = owners.Length == 1 ? (int)items[0].Kind : owners.DistinctBy(owner => owner?.User).Count() == 1 ? 1 : 0;
        string[] names = [.. owners.OfType<CdbPath>().Select(owner => $"{owner}")];
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
        {
            throw new InvalidValueException($"Two of the owners differ only in case, so that they cannot share the folder '{folder}': {string.Join(", ", names)}. Export the items of each to a folder of its own.", folder);
        }
    }

    /// <summary>The folder of an item.</summary>
    public string Of(CdbPath item)
    {
        string[] owners = item.Parent?.ToString().Split('/') ?? [];
        return Path.Combine([_folder, .. owners.Skip(_shared), new FolderNames(_siblings[item.Parent])[item.Name]]);
    }
}
