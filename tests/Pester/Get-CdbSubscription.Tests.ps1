BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream a
    $done = [System.Threading.SemaphoreSlim]::new(0)
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbSubscription' {
    AfterEach { Get-CdbSubscription | Unregister-CdbSubscription }

    It 'shows the number delivered and the error of the action' {
        $subscription = Register-CdbSubscription a -Action {
            param($stream, $data)
            if ($data[0].Data -eq 1) { throw 'Out of paper.' }
            $null = ($using:done).Release()
        }
        Add-CdbDatapoint a 1
        while ($subscription.Errors -eq 0) { }
        Add-CdbDatapoint a 2
        $done.Wait(60000) | Should -BeTrue
        (Get-CdbSubscription $subscription.Id).Errors | Should -Be 1
        "$((Get-CdbSubscription).LastError)" | Should -Be 'Out of paper.'
    }

    It 'finds those of a stream and a transform' {
        $all = Register-CdbSubscription a -Action { }
        $some = Register-CdbSubscription a -Transform 'if $ > 1' -Action { }
        (Get-CdbSubscription a).Id | Should -Be $all.Id, $some.Id
        (Get-CdbSubscription a -Transform 'if $ > 1').Id | Should -Be $some.Id
    }

    It 'reports an id that does not exist' {
        { Get-CdbSubscription 0 -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
    }
}

Describe 'Get-CdbSubscription over a server that stops' {
    It 'shows that the subscription reconnects, why, and that it runs again' {
        $served = Join-Path $TestDrive 'served.cdb'
        $server = Start-CdbServer $served -Url http://127.0.0.1:0
        $far = Connect-Cdb $server.Url -ApiKey (Get-CdbDevice user -Connection (Connect-Cdb $served -NoDefault)).ApiKey -NoDefault
        $null = New-CdbStream far -Connection $far
        $null = Register-CdbSubscription far -Connection $far -Action { }
        (Get-CdbSubscription).State | Should -Be 'Running'
        Stop-CdbServer $server
        while ((Get-CdbSubscription).State -eq 'Running') { }
        $shown = Get-CdbSubscription
        $shown.State | Should -Be 'Reconnecting'
        "$($shown.LastError)" | Should -Not -BeNullOrEmpty
        $shown.Errors | Should -Be 0
        $shown | Out-String -Width 200 | Should -Match 'Reconnecting'

        $server = Start-CdbServer $served -Url $server.Url
        while ((Get-CdbSubscription).State -eq 'Reconnecting') { }
        (Get-CdbSubscription).State | Should -Be 'Running'
        (Get-CdbSubscription).LastError | Should -BeNullOrEmpty
        Get-CdbSubscription | Unregister-CdbSubscription
        Stop-CdbServer $server
    }
}
