namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes keys and values in a hashtable that is the argument of a parameter.</summary>
internal interface IHashtableCompleter
{
    /// <summary>The possible keys, or the possible values of a key; those that do not start with the word are dropped.</summary>
    IEnumerable<CompletionItem> InHashtable(HashtablePosition at);
}
