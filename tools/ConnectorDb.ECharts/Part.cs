namespace ConnectorDb.ECharts;

/// <summary>A statement of the library, or a piece of one that can stand alone.</summary>
/// <param name="Text">The source.</param>
/// <param name="Of">The name that the part declares or completes, without which it has no use; null for one that always runs.</param>
/// <param name="Uses">The names that it uses.</param>
internal sealed record Part(string Text, string? Of, IReadOnlySet<string> Uses)
{
    /// <summary>The parts that always run, and those that they use, in the same order.</summary>
    public static IEnumerable<Part> Used(IReadOnlyList<Part> parts)
    {
        ILookup<string?, Part> byName = parts.ToLookup(part => part.Of);
        HashSet<Part> used = new(ReferenceEqualityComparer.Instance);
        Stack<Part> open = new(byName[null]);
        while (open.TryPop(out Part? part))
        {
            if (used.Add(part))
            {
                foreach (Part needed in part.Uses.SelectMany(name => byName[name]))
                {
                    open.Push(needed);
                }
            }
        }

        return parts.Where(used.Contains);
    }
}
