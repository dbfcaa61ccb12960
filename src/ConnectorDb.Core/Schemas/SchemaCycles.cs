namespace ConnectorDb.Core.Schemas;

/// <summary>
/// Finds schemas that return to themselves without going deeper into the value, so that validation would never end. Recursion that
/// goes deeper is allowed, as in a tree of comments.
/// </summary>
internal static class SchemaCycles
{
    /// <exception cref="InvalidSchemaException">There is a cycle; the message has its position.</exception>
    public static void Refuse(IReadOnlyDictionary<SchemaNode, string> places)
    {
        HashSet<SchemaNode> finished = [];
        foreach (SchemaNode start in places.Keys)
        {
            Walk(start, places, finished);
        }
    }

    /// <summary>Searches in depth with a stack of its own, because references can form long chains.</summary>
    private static void Walk(SchemaNode start, IReadOnlyDictionary<SchemaNode, string> places, HashSet<SchemaNode> finished)
    {
        HashSet<SchemaNode> open = [];
        Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)> path = new();
        Enter(start);
        while (path.TryPeek(out (SchemaNode Node, IEnumerator<SchemaNode> Next) top))
        {
            if (!top.Next.MoveNext())
            {
                path.Pop();
                open.Remove(top.Node);
                finished.Add(top.Node);
            }
            else if (open.Contains(top.Next.Current))
            {
                throw SchemaCompiler.Error(places[top.Next.Current], "refers to itself without going deeper into the value, which could never be checked");
            }
            else
            {
                Enter(top.Next.Current);
            }
        }

        void Enter(SchemaNode node)
        {
            if (!finished.Contains(node) && open.Add(node))
            {
                path.Push((node, node.Keywords.SelectMany(keyword => keyword.SameValue).GetEnumerator()));
            }
        }
    }
}
