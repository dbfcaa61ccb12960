namespace ConnectorDb.PowerShell.Values;

/// <summary>A member of an object, or an element of a list, that is NaN or infinite.</summary>
/// <param name="Name">Its path in the value, such as <c>inner.list[1]</c>.</param>
internal readonly record struct OmittedMember(string Name, double Number)
{
    public bool IsElement => Name.EndsWith(']');
}
