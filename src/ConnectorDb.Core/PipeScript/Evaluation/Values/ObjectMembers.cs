namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Operations on the members of objects. JSON may repeat a name; the last member of a name counts.</summary>
internal static class ObjectMembers
{
    /// <summary>The object with each name once, in the order of first appearance.</summary>
    public static DataObject WithoutRepeats(this DataObject value)
    {
        HashSet<string> seen = new(value.Count, StringComparer.Ordinal);
        foreach ((string name, _) in value.Members)
        {
            if (!seen.Add(name))
            {
                return new DataObject(value.DistinctBy(member => member.Key)
                    .Select(member => KeyValuePair.Create(member.Key, value.Get(member.Key))).ToArray());
            }
        }

        return value;
    }

    /// <summary>The value of a member that is there.</summary>
    public static DataValue Get(this DataObject value, string name)
        => value.TryGetValue(name, out DataValue found) ? found : throw new KeyNotFoundException(name);

    /// <summary>A copy with one member set or added at the end.</summary>
    public static DataObject With(this DataObject value, string name, DataValue member)
    {
        KeyValuePair<string, DataValue> given = new(name, member);
        return value.TryGetValue(name, out _)
            ? new DataObject(value.WithoutRepeats().Select(old => old.Key == name ? given : old).ToArray())
            : new DataObject([.. value.Members, given]);
    }

    /// <summary>A copy of the members that fit.</summary>
    public static DataObject Where(this DataObject value, Func<string, bool> fits)
        => new(Enumerable.Where(value, member => fits(member.Key)).ToArray());
}
