namespace ConnectorDb.Core.Files;

/// <summary>The handling of an existing file.</summary>
/// <param name="RefusalToReplace">What to do instead, if the file must not be replaced; null if it may.</param>
/// <param name="CanReplaceReadOnly">Replaces a read-only file, too.</param>
internal sealed record OutputFileOptions(string? RefusalToReplace, bool CanReplaceReadOnly);
