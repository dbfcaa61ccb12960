BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream number -Schema number
    $null = New-CdbStream anything
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Add-CdbDatapoint' {
    It 'adds values of the pipeline with the time of now' {
        $before = [DateTimeOffset]::Now.AddSeconds(-1)
        1..3 | Add-CdbDatapoint number
        $points = Get-CdbDatapoint number -Last 3
        $points.Data | Should -Be @(1, 2, 3)
        $points[0].Timestamp | Should -BeGreaterThan $before
        $points[2].T | Should -BeGreaterOrEqual $points[0].T
    }

    It 'adds an array that is given as argument, each with its time' {
        $null = New-CdbStream timed
        Add-CdbDatapoint timed -Value 1, 2 -Timestamp '2026-01-31T18:00:00Z', '2026-01-31T18:00:01Z'
        (Get-CdbDatapoint timed).T | Should -Be @(1769882400, 1769882401)
    }

    It 'keeps <Name> as it is' -ForEach @(
        @{ Name = 'text'; Value = 'Grüße, 世界 🌡' }
        @{ Name = 'a long integer'; Value = 9007199254740993 }
        @{ Name = 'a double'; Value = 0.1 + 0.2 }
        @{ Name = 'true'; Value = $true }
        @{ Name = 'the empty text'; Value = '' }
    ) {
        Add-CdbDatapoint anything $Value
        (Get-CdbDatapoint anything -Last 1).Data | Should -BeExactly $Value
    }

    It 'keeps objects with all their members' {
        Add-CdbDatapoint anything @{ place = @{ lat = 52.5; long = 13.4 }; tags = @('a', 'b') }
        $data = (Get-CdbDatapoint anything -Last 1).Data
        $data.place.lat | Should -Be 52.5
        $data.tags | Should -Be @('a', 'b')
    }

    It 'takes the properties of objects that are named' {
        $null = New-CdbStream csv -Schema number
        "timestamp,value`n2026-01-31T18:00:00Z,20.5`n2026-01-31T19:00:00Z,21" | ConvertFrom-Csv |
            Add-CdbDatapoint csv -TimestampProperty timestamp -ValueProperty value
        (Get-CdbDatapoint csv).Data | Should -Be @(20.5, 21)
    }

    It 'copies another stream exactly' {
        $null = New-CdbStream copy
        Get-CdbDatapoint anything | Add-CdbDatapoint copy
        (Get-CdbDatapoint copy | ForEach-Object { "$($_.T) $($_.GetValue())" }) | Should -Be (Get-CdbDatapoint anything | ForEach-Object { "$($_.T) $($_.GetValue())" })
    }

    It 'stores arrays as they are' {
        $null = New-CdbStream arrays -Schema number
        Add-CdbDatapoint arrays -Value ([double[]](1.5, 2.5)) -Timestamp ([double[]](10, 20.5))
        (Get-CdbDatapoint arrays).Data | Should -Be @(1.5, 2.5)
        (Get-CdbDatapoint arrays).T | Should -Be @(10, 20.5)
        $null = New-CdbStream twin
        Get-CdbDatapoint arrays -Raw | Add-CdbDatapoint twin
        (Get-CdbDatapoint twin).Data | Should -Be @(1.5, 2.5)
    }

    It 'says which datapoint the schema forbids, and stores the others' {
        $count = (Get-CdbStream number).Count
        1, 'warm', 3 | Add-CdbDatapoint number -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SchemaViolation*'
        "$($problems[0])" | Should -Match 'Datapoint 2\b'
        (Get-CdbStream number).Count | Should -Be ($count + 2)
    }

    It 'refuses times that go back, unless -Restamp' {
        $null = New-CdbStream ordered
        Add-CdbDatapoint ordered 1 -Timestamp 1769882400
        { Add-CdbDatapoint ordered 2 -Timestamp 1769882399 -ErrorAction Stop } | Should -Throw -ErrorId 'TimeOrder*'
        Add-CdbDatapoint ordered 2 -Timestamp 1769882399 -Restamp
        (Get-CdbDatapoint ordered).T | Should -Be @(1769882400, 1769882400)
    }

    It 'stores nothing with -WhatIf' {
        $count = (Get-CdbStream number).Count
        1 | Add-CdbDatapoint number -WhatIf
        (Get-CdbStream number).Count | Should -Be $count
    }

    It 'tells with -PassThru how many were stored' {
        (1..5 | Add-CdbDatapoint number -PassThru).Count | Should -Be 5
    }

    It 'writes to the downlink of somebody else''s stream' {
        $null = New-CdbDevice lamp -Stream @{ light = @{ schema = 'boolean'; downlink = $true } }
        $true | Add-CdbDatapoint lamp/light
        Get-CdbDatapoint lamp/light | Should -BeNullOrEmpty
        (Get-CdbDatapoint lamp/light -Downlink).Data | Should -BeTrue
    }

    It 'names the stream that is not there' {
        { 1 | Add-CdbDatapoint nothing } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'says what to do without a connection' {
        $current = Get-CdbConnection
        $current | Disconnect-Cdb
        { 1 | Add-CdbDatapoint number } | Should -Throw -ErrorId 'NotConnected*' -ExpectedMessage '*Connect-Cdb*'
        $null = Connect-Cdb -Path $store
    }
}
