namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A folder that gets its name when it is complete.</summary>
/// <remarks>Until then it has a temporary name next to it. An unfinished folder is removed on disposal.</remarks>
internal sealed class UnfinishedFolder : IDisposable
{
    private readonly string _target;
    private bool _isFinished;

    /// <exception cref="NameTakenException">A file or folder of that name exists.</exception>
    public UnfinishedFolder(string target)
    {
        DemandFree(target);
        _target = target;
        Path = target + ExportNames.Unfinished + Guid.NewGuid().ToString("N")[..8];
        PrivateFiles.CreateFolder(Path);
    }

    /// <exception cref="NameTakenException">A file or folder of that name exists.</exception>
    public static void DemandFree(string target)
    {
        if (System.IO.Path.Exists(target))
        {
            throw new NameTakenException($"'{target}' already exists. Export to another folder, or remove this one first.", target);
        }
    }

    /// <summary>The temporary path.</summary>
    public string Path { get; }

    /// <summary>True when the folder was neither finished nor removed.</summary>
    public bool IsLeft { get; private set; }

    public void Finish()
    {
        PrivateFiles.Try(_target, "made", () => Directory.Move(Path, _target));
        _isFinished = true;
    }

    public void Dispose()
    {
        if (_isFinished)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            IsLeft = Directory.Exists(Path);
        }
    }
}
