Describe 'Measure-CdbStream <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $start = 1769882400
        $null = New-CdbStream minutes
        Add-CdbDatapoint minutes -Value 4, 1, 7 -Timestamp $start, ($start + 60), ($start + 120)
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'returns count, sum, mean and extremes' {
        $summary = Measure-CdbStream minutes
        "$($summary.Stream)" | Should -Be 'me/user/minutes'
        $summary.Count | Should -Be 3
        $summary.Minimum | Should -Be 1
        $summary.Maximum | Should -Be 7
        $summary.Mean | Should -Be 4
        $summary.Sum | Should -Be 12
        $summary.First | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start))
        $summary.Last | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start + 120))
    }

    It 'summarizes the numbers among other values' {
        $null = New-CdbStream mixed
        Add-CdbDatapoint mixed 1, 2, 'x', 6
        $summary = Measure-CdbStream mixed
        $summary.Count, $summary.Numbers, $summary.Sum | Should -Be @(4, 3, 9)
    }

    It 'applies a range' {
        (Measure-CdbStream minutes -From ($start + 60) -To ($start + 120)).Sum | Should -Be 8
    }

    It 'returns no statistics without numbers' {
        $null = New-CdbStream texts
        'a', 'b' | Add-CdbDatapoint texts
        $summary = Measure-CdbStream texts
        $summary.Count | Should -Be 2
        $summary.Mean | Should -BeNullOrEmpty
        $null = New-CdbStream empty
        (Measure-CdbStream empty).Minimum | Should -BeNullOrEmpty
        (Measure-CdbStream empty).Count | Should -Be 0
        (Measure-CdbStream empty).First | Should -BeNullOrEmpty
    }

    It 'accepts streams from the pipeline' {
        Get-CdbStream minutes, texts | Measure-CdbStream | ForEach-Object Count | Should -Be @(3, 2)
    }

    It 'summarizes each minute, hour or day' {
        $columns = Measure-CdbStream minutes -Every 2m -TimeZone UTC
        $columns | ForEach-Object Count | Should -Be @(2, 1)
        $columns.Mean | Should -Be @(2.5, 7)
        $columns[1].From | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start + 120))
        $columns[1].To | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start + 240))
        (Measure-CdbStream minutes -Every 1d -TimeZone Asia/Kathmandu).From | Should -Be ([DateTimeOffset]'2026-01-31T00:00:00+05:45')
    }

    It 'reads and shows times in the zone' {
        $column = Measure-CdbStream minutes -Every 1m -From '2026-01-31 23:46' -TimeZone Asia/Kathmandu | Select-Object -First 1
        $column | Select-Object From, First | ConvertTo-Csv | Select-Object -Last 1 | Should -Be '"2026-01-31T23:46:00+05:45","2026-01-31T23:46:00+05:45"'
        $column | Out-String | Should -Match '2026-01-31 23:46:00 +1 +1 +1 +1'
    }

    It 'shows numbers with all their leading digits' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream -Value -1234567.891234567, -1.2345678901e-300 -Timestamp 1700000000, 1700000001
        Measure-CdbStream $stream -Every 1h | Out-String -Width 80 | Should -Match ' -1234567\.891 +-617283\.9456 +-1\.23457E-300'
        Measure-CdbStream $stream | Out-String -Width 80 | Should -Match '-1234567\.891 +-617283\.9456 +-1\.23457E-300'
    }

    It 'returns few datapoints one by one in a picture of many columns' {
        $columns = Measure-CdbStream minutes -Columns 100 -From ($start + 60)
        $columns.Mean | Should -Be @(1, 7)
        ($columns | Out-String) | Should -Match 'me/user/minutes'
    }

    It 'refuses -Columns with -Every' {
        { Measure-CdbStream minutes -Columns 5 -Every 1h } | Should -Throw -ErrorId 'Parameter*' -ExpectedMessage '*cannot be used together*'
    }

    It 'reports a stream that does not exist' {
        { Measure-CdbStream nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'shows the numbers as PowerShell shows one in <_>' -ForEach 'fa-IR', 'de-DE', 'ar-SA' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1.75, -2.25 -Timestamp 1700000000, 1700000001
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $table = Measure-CdbStream $stream | Out-String -Width 200
            $numbers = -2.25, -0.25, 1.75 | ForEach-Object { [regex]::Escape($_.ToString([cultureinfo]::CurrentCulture)) }
        }
        finally { [cultureinfo]::CurrentCulture = $culture }

        $table | Should -Match " $($numbers -join ' +') "
    }
}
