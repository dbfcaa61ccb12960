BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Invoke-CdbTransform' {
    It 'works on numbers, without a connection' {
        (1..5 | Invoke-CdbTransform 'if $ > 2 | $ * 10').Data | Should -Be @(30, 40, 50)
        (1..5 | Invoke-CdbTransform 'sum | if last').Data | Should -Be 15
    }

    It 'keeps who wrote a datapoint, where a result answers one' {
        $asked = [pscustomobject]@{ t = 1769886000; d = 1; o = 'me/phone' }
        ($asked | Invoke-CdbTransform '$ * 2').Origin | Should -Be 'me/phone'
        ($asked | Invoke-CdbTransform 'map($, count)').Origin | Should -BeNullOrEmpty
    }

    It 'works on text and groups' {
        $counts = ('cat', 'dog', 'cat' | Invoke-CdbTransform 'map $ count').Data
        $counts.cat | Should -Be 2
        $counts.dog | Should -Be 1
    }

    It 'takes properties and times of objects' {
        $rows = "time,value`n2026-01-31T18:00:00Z,2`n2026-01-31T19:00:00Z,4" | ConvertFrom-Csv
        $result = $rows | Invoke-CdbTransform 'sum | if last' -Property value -TimestampProperty time
        $result.Data | Should -Be 6
        $result.T | Should -Be 1769886000
    }

    It 'makes a value of several properties' {
        $row = [pscustomobject]@{ a = 1; b = 2; c = 3 }
        ($row | Invoke-CdbTransform '$("a") + $("b")' -Property a, b).Data | Should -Be 3
    }

    It 'hands on results while input still comes' {
        (1..1000000 | Invoke-CdbTransform '$ * 2' | Select-Object -First 1).Data | Should -Be 2
    }

    It 'refuses a script that cannot be read, and names what is like it' {
        { 1 | Invoke-CdbTransform 'cuont' } | Should -Throw -ErrorId 'ScriptSyntax*' -ExpectedMessage '*count*'
    }

    It 'keeps what came before a value it cannot work with' {
        $problem = $null
        $results = [System.Collections.Generic.List[object]]::new()
        try { 1, 2, 'three' | Invoke-CdbTransform '$ + 1' | ForEach-Object { $results.Add($_.Data) } }
        catch { $problem = $_ }
        $results | Should -Be @(2, 3)
        $problem.FullyQualifiedErrorId | Should -BeLike 'ScriptFailed*'
    }
}
