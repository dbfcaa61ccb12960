BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $start = 1769882400
    $null = New-CdbStream temperature
    $null = New-CdbStream rain
    Add-CdbDatapoint temperature -Value (0..11) -Timestamp (0..11 | ForEach-Object { $start + 300 * $_ })
    Add-CdbDatapoint rain -Value 1, 2 -Timestamp ($start + 600), ($start + 2400)
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Invoke-CdbDataset' {
    It 'makes a row for every span of time, with the columns in the order given' {
        $rows = Invoke-CdbDataset -From $start -To ($start + 3600) -Every 30m -Column ([ordered]@{ temp = 'temperature:closest'; rain = 'rain:sum' })
        $rows[0].PSObject.Properties.Name | Should -Be @('Timestamp', 'temp', 'rain')
        $rows[1].temp | Should -Be 6
        $rows[1].rain | Should -Be 1
        $rows[1].Timestamp.ToUnixTimeSeconds() | Should -Be ($start + 1800)
    }

    It 'makes a row for every datapoint of a stream' {
        $rows = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' }
        $rows.x | Should -Be @(1, 2)
        $rows.temp | Should -Be @(2, 8)
    }

    It 'gives an array for each column with -Raw' {
        $raw = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' } -Raw
        $raw.PSObject.Properties.Name | Should -Be @('Timestamps', 'x', 'temp')
        $raw.Timestamps | Should -Be @(($start + 600), ($start + 2400))
        $raw.x | Should -Be @(1, 2)
        $raw.temp | Should -Be @(2, 8)
    }

    It 'takes a script as interpolator' {
        $rows = Invoke-CdbDataset -X rain -Column @{ highest = 'temperature:max | if last' }
        $rows.highest | Should -Be @(2, 8)
    }

    It 'merges streams into a column' {
        $rows = Invoke-CdbDataset -From $start -To ($start + 3600) -Every 1h -Column @{ n = @{ Merge = 'temperature', 'rain'; Interpolator = 'count' } }
        $rows[-1].n | Should -BeGreaterThan 10
    }

    It 'leaves out rows without a value, unless -AllowNull' {
        $column = @{ rain = 'rain:before' }
        @(Invoke-CdbDataset -From $start -To ($start + 1200) -Every 5m -Column $column).Count |
            Should -BeLessThan @(Invoke-CdbDataset -From $start -To ($start + 1200) -Every 5m -Column $column -AllowNull).Count
    }

    It 'works on the rows with -PostTransform' {
        $rows = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' } -PostTransform 'if $("temp") > 5'
        @($rows).Count | Should -Be 1
        $rows.temp | Should -Be 8
    }

    It 'names the <What> that there is not' -ForEach @(
        @{ What = 'stream'; Column = @{ a = 'nothing:mean' }; Message = '*nothing*' }
        @{ What = 'interpolator'; Column = @{ a = 'temperature:maen' }; Message = '*maen*' }
    ) {
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 1m -Column $Column -ErrorAction Stop } | Should -Throw -ExpectedMessage $Message
    }

    It 'refuses a column called Timestamp, and steps that lead nowhere' {
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 1m -Column @{ Timestamp = 'rain:sum' } } | Should -Throw -ErrorId 'InvalidValue*'
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 0 -Column @{ a = 'rain:sum' } } | Should -Throw -ErrorId 'InvalidRange*'
    }
}
